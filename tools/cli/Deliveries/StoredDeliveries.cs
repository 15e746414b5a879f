using Sigma.Cli.Settings;
using Sigma.Notifier;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Cli.Deliveries;

/// <summary>The deliveries, as the database has them.</summary>
internal sealed class StoredDeliveries(Database database, CliSettings settings, TimeProvider time) : IDeliveries
{
    readonly Dictionary<Guid, FoundDelivery> _found = [];
    DeliveryRetry? _retry;

    DeliveryRetry Retries => _retry ??= new(database, settings.Of<NotifierOptions>("Notifier").Deliveries, time);

    public async Task<IReadOnlyList<KnownDelivery>> Find(IReadOnlyCollection<DeliveryState> states, string? channel,
        IReadOnlyCollection<Guid> ids, int most, CancellationToken ct)
    {
        var found = await new DeliveryQuery(database).Find(new(states, channel, ids), most, ct);
        foreach (var delivery in found)
            _found[delivery.Id] = delivery;
        return [.. found.Select(Of)];
    }

    public Task<IReadOnlyDictionary<string, string?>> Recipients(CancellationToken ct) => Task.FromResult<IReadOnlyDictionary<string, string?>>(
        IntegrationQuery.All(settings.Configuration).ToDictionary(integration => integration.Name, one => one.Recipient));

    public Task<bool> Retry(KnownDelivery delivery, string by, CancellationToken ct) => Retries.Retry(_found[delivery.Id], Who(by), ct);

    public Task<bool> GiveUp(Guid delivery, string by, CancellationToken ct) => new DeliveryDecision(database, time).GiveUp(delivery, Who(by), ct);

    public Task<bool> Settle(Guid delivery, bool arrived, string by, CancellationToken ct) =>
        new DeliveryDecision(database, time).Settle(delivery, arrived, Who(by), ct);

    public TimeSpan? TakenWithin(int deliveries) => Retries.TakenWithin(deliveries);

    string Who(string by) => $"{Screen.OneLine(by)}, {Screen.Time(time.GetUtcNow())} UTC";

    static KnownDelivery Of(FoundDelivery found) => new()
    {
        Id = found.Id, AlertId = found.AlertId, Kind = found.Kind, Channel = found.Channel, State = found.State,
        Attempts = found.Attempts, Reason = found.Reason, Receipt = found.Receipt, DueAt = found.DueAt.ToTime(), CreatedAt = found.CreatedAt.ToTime(),
        SettledAt = found.SettledAt?.ToTime(), Rule = found.Rule, AccountCode = found.AccountCode, Labels = found.Labels,
    };
}
