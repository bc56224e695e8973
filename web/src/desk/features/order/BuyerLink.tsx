import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { buyerLink } from '../../../api/commands';
import { ProblemNote } from '../../../ui/ProblemNote';

/** The address under which the buyer finds this order without a password; made and copied at once. */
export function BuyerLink({ order }: { order: string }) {
  const { t } = useTranslation('order');
  const link = useMutation({
    mutationFn: async () => {
      const { token } = await buyerLink(order);
      const address = `${window.location.origin}/portal#link=${token}`;
      // Where the clipboard is barred, the address stands there to be copied by hand.
      await navigator.clipboard?.writeText(address).catch(() => undefined);
      return address;
    },
  });
  return (
    <>
      {link.error && <ProblemNote thrown={link.error} />}
      {link.data && <input className="buyer-link" readOnly aria-label={t('link.address')} value={link.data} onFocus={(event) => event.target.select()} />}
      <Button loading={link.isPending} onClick={() => link.mutate()}>
        {t(link.data ? 'link.copied' : 'link.copy')}
      </Button>
    </>
  );
}
