'use client';

import { useId, useRef, useState } from 'react';
import { COLORS, MAX_NAME } from '../../lib/client/index.ts';
import { layerStrings } from '../layer-strings.ts';
import { inkStyle } from './colors.ts';
import { cleanName, type Me } from './me.ts';
import { PersonBadge } from './person-chip.tsx';

export interface NameFieldProps {
  me: Me;
  /** Does the name come from a sign-in? Then only the colour is the person's to choose. */
  isFixed: boolean;
  onRename: (name: string, color: number) => void;
  onDone: () => void;
  /** Does the field take the focus when it comes? */
  autoFocus?: boolean;
}

/** Your name and colour in every room. Enter or leaving the field keeps the name; Esc leaves everything as it was. */
export function NameField({ me, isFixed, onRename, onDone, autoFocus = false }: NameFieldProps) {
  const [typed, setTyped] = useState(me.name);
  const reverted = useRef(false);
  const help = useId();
  const keep = () => {
    const name = cleanName(typed);
    if (isFixed || reverted.current || name === null || name === me.name) return;
    onRename(name, me.color);
  };
  return (
    <div className="grid gap-1 px-2 pt-1 pb-2">
      <div className="flex items-center gap-2.5">
        <PersonBadge name={isFixed ? me.name : (cleanName(typed) ?? me.name)} color={me.color} presence="you" />
        <input
          autoFocus={autoFocus}
          readOnly={isFixed}
          value={isFixed ? me.name : typed}
          maxLength={MAX_NAME}
          aria-label={layerStrings.people.yourName}
          aria-describedby={help}
          autoComplete="nickname"
          spellCheck={false}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
              keep();
              onDone();
            }
            if (event.key === 'Escape') reverted.current = true;
          }}
          className="touch-row h-8 min-w-0 flex-1 rounded-sm bg-raised px-2.5 font-semibold inset-ring inset-ring-line-strong max-tablet:h-11 max-tablet:text-[16px]"
        />
      </div>
      <p id={help} className="ps-9.5 text-xs text-ink-3">
        {isFixed ? layerStrings.people.nameFixed : layerStrings.people.nameHelp}
      </p>
      <div role="radiogroup" aria-label={layerStrings.people.colour} className="flex flex-wrap gap-1 pt-1 ps-9.5">
        {Array.from({ length: COLORS }, (_, index) => index + 1).map((color) => (
          <label
            key={color}
            style={inkStyle(color)}
            className="grid size-6 place-items-center rounded-sm has-focus-visible:outline-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name="colour"
              value={color}
              checked={color === me.color}
              onChange={() => onRename(isFixed ? me.name : (cleanName(typed) ?? me.name), color)}
              aria-label={layerStrings.people.colourNumber(color)}
              className="sr-only"
            />
            <span aria-hidden="true" className={`rounded-xs bg-(--a) ${color === me.color ? 'size-5' : 'size-3.5'}`} />
          </label>
        ))}
      </div>
    </div>
  );
}
