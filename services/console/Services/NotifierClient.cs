using System.Text.Json.Nodes;

namespace Sigma.OperatorConsole.Services;

/// <summary>Asks the notifier, by its internal API. Every failure is a <see cref="ServiceException"/>.</summary>
internal sealed class NotifierClient(ServiceCalls calls)
{
    const string Root = "internal/notifier/";

    // A vendor may take its time.
    static readonly TimeSpan TestTimeout = TimeSpan.FromMinutes(2);

    /// <summary>What was decided about telling of an alert, and what became of it; null when the notifier does not know it.</summary>
    public Task<AlertTelling?> Telling(Guid alert, CancellationToken ct) => calls.Find<AlertTelling>($"{Root}alerts/{alert}/telling", ct);

    /// <summary>Who was told that these alerts are raised; those without a delivery are not in the answer.</summary>
    public async Task<IReadOnlyList<ToldAlert>> Told(IReadOnlyCollection<Guid> alerts, CancellationToken ct) =>
        (await calls.Send<ToldAlerts>(HttpMethod.Post, $"{Root}alerts/told", new { alerts }, null, null, ct)).Alerts;

    /// <summary>Whom to tell.</summary>
    public Task<RoutePolicy> Routes(CancellationToken ct) => calls.Get<RoutePolicy>($"{Root}routes", ct);

    /// <summary>All that people made says this from now on.</summary>
    /// <param name="policy">All of it.</param>
    /// <param name="expected">The last change as it was read; null when that does not matter.</param>
    /// <param name="by">Who.</param>
    /// <param name="why">Why.</param>
    /// <param name="ct">Ends it.</param>
    public Task<RouteChange> PutRoutes(JsonObject policy, long? expected, string by, string? why, CancellationToken ct) =>
        calls.Send<RouteChange>(HttpMethod.Put, $"{Root}routes", new { policy, by, why }, expected, null, ct);

    /// <summary>What people made says again what it said by a revision.</summary>
    public Task<RouteChange> RollBackRoutes(long to, long? expected, string by, string? why, CancellationToken ct) =>
        calls.Send<RouteChange>(HttpMethod.Post, $"{Root}routes/rollback", new { to, by, why }, expected, null, ct);

    /// <summary>The changes, the newest first.</summary>
    public Task<IReadOnlyList<RouteRevision>> RouteHistory(int limit, CancellationToken ct) =>
        calls.Get<IReadOnlyList<RouteRevision>>(new RequestPath($"{Root}routes/history").With("limit", limit).ToString(), ct);

    /// <summary>One change, with what people had made by it; null when there is none.</summary>
    public Task<RouteRevision?> RouteRevision(long revision, CancellationToken ct) =>
        calls.Find<RouteRevision>(FormattableString.Invariant($"{Root}routes/history/{revision}"), ct);

    /// <summary>Where an alert would go.</summary>
    public Task<IReadOnlyList<FoundReceiver>> TestRoutes(TestedAlert alert, CancellationToken ct) =>
        calls.Send<IReadOnlyList<FoundReceiver>>(HttpMethod.Post, $"{Root}routes/test", alert, null, null, ct);

    /// <summary>The silences that last or are to begin, or the newest of all; and the maintenance windows.</summary>
    public Task<SilenceList> Silences(bool alsoEnded, CancellationToken ct) =>
        calls.Get<SilenceList>(new RequestPath($"{Root}silences").With("all", alsoEnded ? "true" : null).ToString(), ct);

    /// <summary>Adds a silence.</summary>
    public async Task<Guid> AddSilence(NewSilence silence, CancellationToken ct) =>
        (await calls.Send<AddedSilence>(HttpMethod.Post, $"{Root}silences", silence, null, null, ct)).SilenceId;

    /// <summary>The raised alerts that these matchers fit, the newest first.</summary>
    public Task<IReadOnlyList<SilencedAlert>> PreviewSilence(IReadOnlyList<string> matchers, CancellationToken ct) =>
        calls.Send<IReadOnlyList<SilencedAlert>>(HttpMethod.Post, $"{Root}silences/preview", new { matchers }, null, null, ct);

    /// <summary>Ends a silence.</summary>
    public Task EndSilence(Guid silence, string by, CancellationToken ct) => calls.Post($"{Root}silences/{silence}/end", new { by }, ct);

    /// <summary>Deliveries, the newest first.</summary>
    public Task<IReadOnlyList<Delivery>> Deliveries(DeliveryFilter filter, CancellationToken ct) =>
        calls.Get<IReadOnlyList<Delivery>>(new RequestPath($"{Root}deliveries").With("state", filter.States).With("channel", filter.Channel)
            .With("alert", filter.Alert?.ToString()).With("limit", filter.Limit).ToString(), ct);

    /// <summary>Sends a delivery again that has failed or is uncertain.</summary>
    public Task RetryDelivery(Guid delivery, string by, CancellationToken ct) =>
        calls.Post($"{Root}deliveries/{delivery}/retry", new { by }, ct);

    /// <summary>Has a delivery fail that waits, is held or is uncertain.</summary>
    public Task GiveUpDelivery(Guid delivery, string by, CancellationToken ct) =>
        calls.Post($"{Root}deliveries/{delivery}/give-up", new { by }, ct);

    /// <summary>Says of an uncertain delivery whether it arrived.</summary>
    public Task SettleDelivery(Guid delivery, bool arrived, string by, CancellationToken ct) =>
        calls.Post($"{Root}deliveries/{delivery}/settle", new { by, arrived }, ct);

    /// <summary>The integrations of the receivers.</summary>
    public Task<IReadOnlyList<Integration>> Receivers(CancellationToken ct) =>
        calls.Get<IReadOnlyList<Integration>>($"{Root}receivers", ct);

    /// <summary>Sends a message at once that says that it is a test.</summary>
    public Task<TestMessageResult> TestReceiver(string integration, string by, CancellationToken ct) => calls.Send<TestMessageResult>(
        HttpMethod.Post, $"{Root}receivers/{Uri.EscapeDataString(integration)}/test", new { by }, null, TestTimeout, ct);

    /// <summary>What Segware calls accounts; those it does not know are not in the answer.</summary>
    public async Task<IReadOnlyList<AccountNames>> AccountNames(IReadOnlyCollection<string> accounts, CancellationToken ct) =>
        (await calls.Send<FoundAccounts>(HttpMethod.Post, $"{Root}accounts/names", new { accounts }, null, null, ct)).Accounts;

    sealed record ToldAlerts
    {
        public required IReadOnlyList<ToldAlert> Alerts { get; init; }
    }

    sealed record AddedSilence
    {
        public required Guid SilenceId { get; init; }
    }

    sealed record FoundAccounts
    {
        public required IReadOnlyList<AccountNames> Accounts { get; init; }
    }
}
