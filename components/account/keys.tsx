'use client';

import { useState } from 'react';
import type { Layout } from '@/server/protocol/layout';
import { FormFailure } from '../admin/form-failure';
import { KeyTable } from '../shell/key-table';
import { Button } from '../ui/button';
import { Switch } from '../ui/switch';
import { TextField } from '../ui/text-field';
import { Choice2 } from './choice';
