using System.Net;
using Sigma.Cli.Alerts;
using Sigma.Cli.Consoles;
using Sigma.Notifier.Deliveries;
using Sigma.OperatorConsole.Services;
using Sigma.Storage;

namespace Sigma.Cli.Deliveries;

/// <summary>The deliveries, as a console has them; it knows who decides by the token, and does not say the codes of accounts.</summary>
internal sealed class ConsoleDeliveries(ConsoleApi console, Screen screen) : IDeliveries
{
    const int MostAtOnce = 1000;

    public async Task<IReadOnlyList<KnownDelivery>> Find(IReadOnlyCollection<DeliveryState> states, string? channel,
        IReadOnlyCollection<Guid> ids, int most, CancellationToken ct)
    {
        List<KnownDelivery> found = [];
        foreach (var id in ids.Count == 0 ? [null] : ids.Distinct().Select(id => (Guid?)id))
        {
            var path = ConsoleApi.Path("deliveries",
                [.. states.Select(state => ("state", (object?)state.Stored())), ("channel", channel), ("alert", id),
                    ("limit", Math.Min(most, MostAtOnce))]);
            var page = await console.Get<IReadOnlyList<Delivery>>(path, ct);
            found.AddRange(page.Select(Of));
            if (page.Count == MostAtOnce && most > MostAtOnce)
                screen.Remark($"A console says no more than {Screen.Number(MostAtOnce)} deliveries at once: there may be more.");
        }
        return [.. found.DistinctBy(delivery => delivery.Id).Take(most)];
    }

    public async Task<IReadOnlyDictionary<string, string?>> Recipients(CancellationToken ct) =>
        (await console.Get<IReadOnlyList<Integration>>("receivers", ct)).GroupBy(integration => integration.Name)
            .ToDictionary(same => same.Key, same => same.First().Recipient);

    public Task<bool> Retry(KnownDelivery delivery, string by, CancellationToken ct) => Decide($"deliveries/{delivery.Id}/retry", null, ct);

    public Task<bool> GiveUp(Guid delivery, string by, CancellationToken ct) => Decide($"deliveries/{delivery}/give-up", null, ct);

    public Task<bool> Settle(Guid delivery, bool arrived, string by, CancellationToken ct) =>
        Decide($"deliveries/{delivery}/settle", new { arrived }, ct);

    public TimeSpan? TakenWithin(int deliveries) => null;

    async Task<bool> Decide(string path, object? body, CancellationToken ct)
    {
        try
        {
            await console.Post(path, body, ct);
            return true;
        }
        catch (ConsoleException e) when (e.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    KnownDelivery Of(Delivery found) => new()
    {
        Id = found.Id, AlertId = found.AlertId, Kind = found.Kind, Channel = found.Channel, State = console.StateOf(found.State),
        Attempts = found.Attempts, Reason = found.Reason, Receipt = found.Receipt, DueAt = found.DueAt, CreatedAt = found.CreatedAt,
        SettledAt = found.SettledAt, Rule = found.Rule, AccountCode = null, Labels = found.Labels,
    };
}
