import type { Metadata } from 'next';
import { BoardPage } from '@/components/board/board-page';
import './board.css';

export const metadata: Metadata = { title: 'Wallboard' };

export default function Page() {
  return <BoardPage />;
}
