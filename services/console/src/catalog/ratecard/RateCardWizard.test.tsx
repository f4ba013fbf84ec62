import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Schemas } from '../../api/client';
import { ProblemError } from '../../api/problem';
import { show } from '../../test.page';
import { RateCardWizard } from './RateCardWizard';

const CARD: Schemas['BillingRateCard'] = {
  name: 'Runs',
  key: 'runs',
  feature: { id: '01KJM00000000000000000FEAT' },
  billing_cadence: 'P1M',
  price: { type: 'unit', amount: '1' },
  payment_term: 'in_arrears',
};

const PREVIEW: Schemas['RateCardPreview'] = {
  currency: 'USD',
  usage_quantity_detail: { raw_quantity: '100', invoiced_quantity: '100' },
  detailed_lines: [],
  totals: { amount: '25.00', charges_total: '0.00', discounts_total: '0.00', total: '25.00' },
  explanation: ['Units: 100 × 0.25 = 25.00 USD.'],
  curve: [],
};

/** A server with nothing in it that prices everything the same. */
const network = globalThis.fetch;
beforeEach(() => {
  globalThis.fetch = (request) =>
    Promise.resolve(
      Response.json(
        (request as Request).url.endsWith('/rate-cards/preview')
          ? PREVIEW
          : { data: [], meta: { page: { number: 1, size: 20, total: 0 } } },
      ),
    );
});
afterEach(() => {
  globalThis.fetch = network;
});

const next = () => userEvent.click(screen.getByRole('button', { name: 'Next Step' }));
const save = () => userEvent.click(screen.getByRole('button', { name: 'Save Rate Card' }));

describe('the wizard', () => {
  it('goes no further than what is filled in', async () => {
    show(
      <RateCardWizard
        currency="USD"
        cadence="P1M"
        prefix="rate_cards.0"
        save={async () => {}}
        onClose={() => {}}
      />,
    );
    await next();
    expect(screen.getByText('Give it a name, or choose a feature.')).toBeTruthy();
    await userEvent.type(screen.getByLabelText('Name'), 'Platform fee');
    expect(screen.getByLabelText<HTMLInputElement>('Key').value).toBe('platform_fee');
    await next();
    await next();
    expect(screen.getByText('Choose how it is priced.')).toBeTruthy();
  });

  it('saves what was changed and nothing else, and closes', async () => {
    const saved: unknown[] = [];
    let closed = false;
    show(
      <RateCardWizard
        currency="USD"
        cadence="P1M"
        card={CARD}
        prefix="rate_cards.0"
        save={async (card) => saved.push(card)}
        onClose={() => (closed = true)}
      />,
    );
    await next();
    await userEvent.clear(screen.getByLabelText('Price per unit'));
    await userEvent.type(screen.getByLabelText('Price per unit'), '0.25');
    await next();
    await userEvent.click(screen.getByRole('radio', { name: 'Boolean' }));
    await save();
    expect(saved).toEqual([
      { ...CARD, price: { type: 'unit', amount: '0.25' }, entitlement: { type: 'boolean' } },
    ]);
    expect(closed).toBe(true);
  });

  it('leads back to the field that the API refuses', async () => {
    show(
      <RateCardWizard
        currency="USD"
        cadence="P1M"
        card={CARD}
        prefix="phases.0.rate_cards.3"
        save={() =>
          Promise.reject(
            new ProblemError(400, 'Bad Request', 'wrong', undefined, [
              { field: 'phases[0].rate_cards[3].price.amount', reason: 'must be at least 0' },
              { field: 'phases[0].rate_cards[3].billing_cadence', reason: 'must fit the plan' },
              { field: 'phases[1].rate_cards', reason: 'a phase needs a rate card' },
            ]),
          )
        }
        onClose={() => {}}
      />,
    );
    await next();
    await next();
    await save();
    expect(await screen.findByText('must be at least 0')).toBeTruthy();
    expect(screen.getByText('must fit the plan')).toBeTruthy();
    expect(screen.getByText('a phase needs a rate card')).toBeTruthy();
    await userEvent.type(screen.getByLabelText('Price per unit'), '0');
    expect(screen.queryByText('must be at least 0')).toBeNull();
  });

  it('offers only what is sold without a feature when there is none', async () => {
    show(
      <RateCardWizard
        currency="USD"
        cadence="P1M"
        card={{ name: 'Fee', key: 'fee', price: { type: 'flat', amount: '5' } }}
        prefix="rate_cards.0"
        save={async () => {}}
        onClose={() => {}}
      />,
    );
    await next();
    await userEvent.click(screen.getByRole('combobox', { name: 'Pricing model' }));
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['Free', 'Flat fee']);
  });
});
