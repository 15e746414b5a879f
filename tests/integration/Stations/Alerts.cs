namespace Sigma.IntegrationTests.Stations;

/// <summary>What a subscriber has heard of alerts.</summary>
internal sealed class Alerts(Mailbox mailbox)
{
    public const string RaisedExchange = "Sigma.Contracts:AlertRaised", ClearedExchange = "Sigma.Contracts:AlertCleared";

    public IReadOnlyList<Letter> Raised => [.. mailbox.Letters.Where(l => l.Exchange == RaisedExchange)];
    public IReadOnlyList<Letter> Cleared => [.. mailbox.Letters.Where(l => l.Exchange == ClearedExchange)];

    public Task UntilRaised(int count) => Await.Until(() => Task.FromResult(Raised.Count), seen => seen >= count, $"{count} alerts are raised");

    public Task UntilCleared(int count) => Await.Until(() => Task.FromResult(Cleared.Count), seen => seen >= count, $"{count} alerts are cleared");
}
