import { MessagePage } from '../components/room/message-page.tsx';
import { strings } from '../components/strings.ts';
import { buttonClass } from '../components/ui/button.tsx';

export default function NotFound() {
  return (
    <MessagePage heading={strings.unknownPage.heading} body={strings.unknownPage.body}>
      <a href="/" className={buttonClass('primary')}>
        {strings.missing.start}
      </a>
    </MessagePage>
  );
}
