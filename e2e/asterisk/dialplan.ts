import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AsteriskVersion } from './instance';
import { dids, people, sipPeople } from './people';

/** What a page of docs tells administrators to append to their dialplan. */
function documentedContext(page: string, context: string): string {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../docs', page), 'utf8');
  const found = new RegExp(`\`\`\`ini\\n(\\[${context}\\]\\n[^\`]*)\`\`\``).exec(text)?.[1];
  if (found === undefined) throw new Error(`docs/${page} has no [${context}]`);
  return found;
}

/** A dialplan in FreePBX's ways: DND, forwarding and its Custom device-state mirrors live in AstDB. */
export function dialplan(version: AsteriskVersion): string {
  return `[general]
static = yes
writeprotect = yes
[globals]
TRANSFER_CONTEXT = from-internal

[from-internal]
include => app-features
include => app-queues
include => app-rooms
include => parkedcalls
${people.map(hintLine).join('\n')}
${version === 16 ? sipLines() : ''}
exten => _1XX,1,Goto(ext-local,\${EXTEN},1)
exten => _90X.,1,Set(CALLERID(num)=\${CALLERID(num)})
 same => n,Dial(PJSIP/\${EXTEN:1}@carrier,20,T)
 same => n,Hangup()

[ext-local]
exten => _vmu1XX,1,VoiceMail(\${EXTEN:3}@default,u)
 same => n,Hangup()
exten => _1XX,1,Set(__EXTTOCALL=\${EXTEN})
 same => n,GotoIf($["\${DB(CF/\${EXTEN})}" != ""]?forward)
 same => n,GotoIf($["\${DB(DND/\${EXTEN})}" != ""]?dnd)
 same => n,Set(RINGTIME=\${IF($["\${DB(AMPUSER/\${EXTEN}/ringtimer)}" = ""]?20:\${DB(AMPUSER/\${EXTEN}/ringtimer)})})
 same => n,Dial(PJSIP/\${EXTEN},\${RINGTIME},tTkK)
 same => n,Goto(s-\${DIALSTATUS})
 same => n(s-BUSY),GotoIf($["\${DB(CFB/\${EXTEN})}" != ""]?forward-busy)
 same => n,Busy(2)
 same => n,Hangup()
 same => n(s-NOANSWER),GotoIf($["\${DB(CFU/\${EXTEN})}" != ""]?forward-unanswered)
 same => n,GotoIf($["\${VM_INFO(\${EXTEN}@default,exists)}" = "1"]?voicemail)
 same => n,Hangup(19)
 same => n(s-CHANUNAVAIL),GotoIf($["\${DB(CFU/\${EXTEN})}" != ""]?forward-unanswered)
 same => n,Hangup(20)
 same => n(s-CONGESTION),Hangup(34)
 same => n(s-CANCEL),Hangup()
 same => n(s-ANSWER),Hangup()
 same => n(dnd),Goto(s-BUSY)
 same => n(forward),Dial(Local/\${DB(CF/\${EXTEN})}@from-internal,20,tT)
 same => n,Hangup()
 same => n(forward-busy),Dial(Local/\${DB(CFB/\${EXTEN})}@from-internal,20,tT)
 same => n,Hangup()
 same => n(forward-unanswered),Dial(Local/\${DB(CFU/\${EXTEN})}@from-internal,20,tT)
 same => n,Hangup()
 same => n(voicemail),VoiceMail(\${EXTEN}@default,s)
 same => n,Hangup()

[app-features]
exten => *78,1,Answer()
 same => n,Set(DB(DND/\${CALLERID(num)})=YES)
 same => n,Set(DEVICE_STATE(Custom:DND\${CALLERID(num)})=BUSY)
 same => n,Set(DEVICE_STATE(Custom:DEVDND\${CALLERID(num)})=BUSY)
 same => n,Hangup()
exten => *79,1,Answer()
 same => n,NoOp(\${DB_DELETE(DND/\${CALLERID(num)})})
 same => n,Set(DEVICE_STATE(Custom:DND\${CALLERID(num)})=NOT_INUSE)
 same => n,Set(DEVICE_STATE(Custom:DEVDND\${CALLERID(num)})=NOT_INUSE)
 same => n,Hangup()
exten => _*72X.,1,Answer()
 same => n,Set(DB(CF/\${CALLERID(num)})=\${EXTEN:3})
 same => n,Set(DEVICE_STATE(Custom:CF\${CALLERID(num)})=BUSY)
 same => n,Set(DEVICE_STATE(Custom:DEVCF\${CALLERID(num)})=BUSY)
 same => n,Hangup()
exten => *73,1,Answer()
 same => n,NoOp(\${DB_DELETE(CF/\${CALLERID(num)})})
 same => n,Set(DEVICE_STATE(Custom:CF\${CALLERID(num)})=NOT_INUSE)
 same => n,Set(DEVICE_STATE(Custom:DEVCF\${CALLERID(num)})=NOT_INUSE)
 same => n,Hangup()
${forwardCodes('90', '91', 'CFB')}
${forwardCodes('52', '53', 'CFU')}
exten => *97,1,VoiceMailMain(\${CALLERID(num)}@default,s)
exten => _*98.,1,VoiceMail(\${EXTEN:3}@default,s)
 same => n,Hangup()
exten => _**1XX,1,Pickup(\${EXTEN:2}@ext-local&\${EXTEN:2}@from-internal)
 same => n,PickupChan(PJSIP/\${EXTEN:2},p)
 same => n,Hangup()
exten => 600,1,Dial(PJSIP/103&PJSIP/104&PJSIP/105,20,tT)
 same => n,Hangup()
exten => 610,1,Answer()
 same => n,Echo()
exten => 620,1,Answer()
 same => n,Read(DIGITS,beep,4,,1,5)
 same => n,UserEvent(Digits,Digits: \${DIGITS})
 same => n,Hangup()
exten => 650,1,Dial(Local/110@from-internal,20)
 same => n,Hangup()
exten => 651,1,Dial(Local/111@from-internal/n,20)
 same => n,Hangup()

[app-queues]
exten => 500,1,Answer()
 same => n,Queue(support,tT)
 same => n,Hangup()
exten => 501,1,Answer()
 same => n,Queue(sales,tT)
 same => n,Hangup()
exten => 502,1,Answer()
 same => n,Queue(billing,tT)
 same => n,Hangup()

[from-queue]
exten => _1XX,1,Dial(PJSIP/\${EXTEN},20,tT)
 same => n,Hangup()

[app-rooms]
exten => 800,1,Answer()
 same => n,ConfBridge(800,default_bridge,default_user,default_menu)
 same => n,Hangup()
exten => 801,1,Answer()
 same => n,ConfBridge(800,default_bridge,admin_user,default_menu)
 same => n,Hangup()
exten => 810,1,Answer()
 same => n,ConfBridge(810,default_bridge,default_user,default_menu)
 same => n,Hangup()

[from-trunk]
exten => ${dids.toExtension},1,Set(__FROM_DID=\${EXTEN})
 same => n,Goto(from-internal,101,1)
exten => ${dids.toQueue},1,Set(__FROM_DID=\${EXTEN})
 same => n,Goto(from-internal,500,1)
exten => ${dids.toRingGroup},1,Set(__FROM_DID=\${EXTEN})
 same => n,Goto(from-internal,600,1)
exten => _X.,1,Hangup(1)

[app-blackhole]
exten => hangup,1,Hangup()
exten => musiconhold,1,Answer()
 same => n,MusicOnHold()
exten => ring,1,Answer()
 same => n,Playtones(ring)
 same => n,Wait(300)

${documentedContext('astdb.md', 'cordboard-features')}
${documentedContext('transfer.md', 'cordboard-hold')}`;
}

/** FreePBX lights no lamp for these. */
function forwardCodes(on: string, off: string, family: string): string {
  return `exten => _*${on}X.,1,Answer()
 same => n,Set(DB(${family}/\${CALLERID(num)})=\${EXTEN:3})
 same => n,Hangup()
exten => *${off},1,Answer()
 same => n,NoOp(\${DB_DELETE(${family}/\${CALLERID(num)})})
 same => n,Hangup()`;
}

function hintLine(person: (typeof people)[number]): string {
  const device = `PJSIP/${person.number}`;
  const hints = {
    plain: device,
    dnd: `${device}&Custom:DND${person.number}`,
    presence: `${device},CustomPresence:${person.number}`,
  };
  return `exten => ${person.number},hint,${hints[person.hint]}`;
}

/** The phones of chan_sip, which ended with Asterisk 20. */
function sipLines(): string {
  const hints = sipPeople.map(({ number }) => `exten => ${number},hint,SIP/${number}`);
  return [...hints, `exten => _100X,1,Dial(SIP/\${EXTEN},20,tT)`, ' same => n,Hangup()'].join('\n');
}
