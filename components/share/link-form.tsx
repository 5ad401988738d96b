'use client';

import { Eye, Pencil } from 'lucide-react';
import { useState } from 'react';
import { layerStrings } from '../layer-strings.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { FaultLine } from './fault-line.tsx';
import { MOST_NAME } from './link-name.tsx';
import { makeLink } from './links-api.ts';
import { MOST_PASSWORD } from './password-field.tsx';
import { useAct } from './use-act.ts';

const FIELD =
  'touch-row h-8 min-w-0 rounded-sm bg-raised px-2.5 inset-ring inset-ring-line-strong max-tablet:text-[16px]';

/** Makes one more link: what it allows, and, if wanted, a name, an end and a password. */
export function LinkForm({ owner, onMade }: { owner: string; onMade: () => Promise<void> }) {
  const { busy, fault, act } = useAct();
  const [open, setOpen] = useState(false);
  const [role, setRole] = useState<'edit' | 'view'>('edit');
  const [name, setName] = useState('');
  const [expiresAt, setExpiresAt] = useState<number | null>(null);
  const [password, setPassword] = useState('');
  const t = layerStrings.links;
  if (!open) {
    return (
      <Button className="justify-self-start" onClick={() => setOpen(true)}>
        {t.make}
      </Button>
    );
  }
  const leave = () => {
    setOpen(false);
    setName('');
    setExpiresAt(null);
    setPassword('');
  };
  const make = () =>
    act(async () => {
      const clean = name.replace(/\s+/gu, ' ').trim();
      await makeLink(owner, role, {
        ...(clean === '' ? {} : { name: clean }),
        ...(expiresAt === null ? {} : { expiresAt }),
        ...(password === '' ? {} : { password }),
      });
      await onMade();
      leave();
    });
  return (
    <form
      aria-label={t.make}
      className="grid gap-2.5 rounded-md bg-sunken p-3"
      onSubmit={(event) => {
        event.preventDefault();
        make();
      }}
    >
      <Segmented
        label={layerStrings.share.role}
        value={role}
        onChange={setRole}
        options={[
          { value: 'edit', words: t.role.edit, icon: <Pencil size={14} aria-hidden="true" /> },
          { value: 'view', words: t.role.view, icon: <Eye size={15} aria-hidden="true" /> },
        ]}
      />
      <div className="grid grid-cols-2 gap-2.5 max-tablet:grid-cols-1">
        <input
          autoFocus
          value={name}
          maxLength={MOST_NAME}
          autoComplete="off"
          aria-label={t.name}
          placeholder={`${t.name} (${t.optional})`}
          onChange={(event) => setName(event.currentTarget.value)}
          className={FIELD}
        />
        <input
          value={password}
          maxLength={MOST_PASSWORD}
          autoComplete="off"
          spellCheck={false}
          aria-label={t.password}
          placeholder={`${t.password} (${t.optional})`}
          onChange={(event) => setPassword(event.currentTarget.value)}
          className={FIELD}
        />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <ExpiryField value={expiresAt} onChange={setExpiresAt} />
        <span className="flex-1" />
        <Button look="quiet" onClick={leave}>
          {t.cancel}
        </Button>
        <Button type="submit" look="primary" disabled={busy}>
          {t.makeYes}
        </Button>
      </div>
      <FaultLine words={fault} />
    </form>
  );
}
