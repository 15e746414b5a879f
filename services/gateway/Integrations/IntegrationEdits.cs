using Sigma.Storage;
using Sigma.Storage.Revisions;

namespace Sigma.Gateway.Integrations;

/// <summary>Why a change of the book is refused.</summary>
public enum EditRefusal
{
    /// <summary>What is said is wrong.</summary>
    Invalid,

    /// <summary>There is none of that name that people made.</summary>
    Unknown,

    /// <summary>The settings have one of that name.</summary>
    Taken,

    /// <summary>Somebody has changed it meanwhile.</summary>
    Outdated,
}

/// <summary>A change of the book that is refused; each fault says why.</summary>
public sealed class IntegrationRefusedException(EditRefusal refusal, params IReadOnlyList<string> faults) : Exception(string.Join("; ", faults))
{
    /// <summary>What kind of fault it is.</summary>
    public EditRefusal Refusal { get; } = refusal;

    /// <summary>A sentence for each fault.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>What became of a change.</summary>
/// <param name="Name">Of which integration.</param>
/// <param name="Revision">The number of the change.</param>
/// <param name="Change">In a word; null when it was so already.</param>
/// <param name="Key">The new key, which is shown this once; null when none was made.</param>
public sealed record IntegrationEdit(string Name, long Revision, string? Change, string? Key);

/// <summary>Who makes a change, why, and what must still be so.</summary>
/// <param name="By">Who, 1 to 100 characters.</param>
/// <param name="Why">Why; null when nobody says.</param>
/// <param name="Expected">The revision by which it must still be so: 0 when it must not be there yet; null when that does not matter.</param>
public sealed record EditOrder(string By, string? Why, long? Expected);

/// <summary>What people change among the integrations. All of a change or nothing of it; gateways go by it within seconds.</summary>
/// <param name="database">Where the book is.</param>
/// <param name="settings">The gateways' own: their integrations are nobody's to change.</param>
/// <param name="time">The clock of the services.</param>
public sealed class IntegrationEdits(Database database, GatewayOptions settings, TimeProvider time)
{
    const int LongestBy = 100, LongestWhy = 1000;

    /// <summary>Makes an integration and a key, or changes the one of its name: its keys stay, and its secret unless another is said.</summary>
    /// <exception cref="IntegrationRefusedException">It is refused.</exception>
    public Task<IntegrationEdit> Put(IntegrationOptions integration, EditOrder order, CancellationToken ct) =>
        Change(integration.Name, order, before =>
        {
            if (integration.Key.Length > 0 || integration.FormerKey.Length > 0)
                throw new IntegrationRefusedException(EditRefusal.Invalid, "Key is made by the gateway: leave it out");
            integration.Secret ??= before?.Options.Secret;
            var faults = MadeIntegration.Faults(integration);
            if (faults.Count > 0)
                throw new IntegrationRefusedException(EditRefusal.Invalid, [.. faults]);
            if (before is not null)
                return (before with { Options = integration }, "changed", null);
            var key = IntegrationKeys.Create();
            return (new MadeIntegration { Options = integration, KeyHash = Convert.ToHexString(IntegrationKeys.Hash(key)) }, "made", key);
        }, ct);

    /// <summary>Makes a new key; the former one counts for a while, or not at all.</summary>
    /// <exception cref="IntegrationRefusedException">There is none of that name that people made.</exception>
    public Task<IntegrationEdit> NewKey(string name, bool formerCounts, EditOrder order, CancellationToken ct) => Change(name, order, before =>
    {
        var key = IntegrationKeys.Create();
        var former = formerCounts && settings.FormerKeyCounts > TimeSpan.Zero ? before?.KeyHash : null;
        return ((before ?? throw Unknown(name)) with
        {
            KeyHash = Convert.ToHexString(IntegrationKeys.Hash(key)), FormerKeyHash = former,
            FormerKeyUntil = former is null ? null : time.GetUtcNow() + settings.FormerKeyCounts,
        }, "new key", key);
    }, ct);

    /// <summary>Takes an integration away: its senders are refused from then on. What it has raised ends as its rule says.</summary>
    /// <exception cref="IntegrationRefusedException">There is none of that name that people made.</exception>
    public Task<IntegrationEdit> Remove(string name, EditOrder order, CancellationToken ct) =>
        Change(name, order, before => before is null ? throw Unknown(name) : ((MadeIntegration?)null, "removed", (string?)null), ct);

    async Task<IntegrationEdit> Change(string name, EditOrder order,
        Func<MadeIntegration?, (MadeIntegration? After, string Change, string? Key)> change, CancellationToken ct)
    {
        if (order.By is not { Length: > 0 and <= LongestBy } || order.Why is { Length: > LongestWhy })
            throw new IntegrationRefusedException(EditRefusal.Invalid,
                $"who changes it is said in 1 to {LongestBy} characters, and why in {LongestWhy:#,0} at most");
        if (settings.Integrations.Any(integration => integration.Name == name))
            throw new IntegrationRefusedException(EditRefusal.Taken, $"the integration {name} is in the settings, which alone can change it");
        await using var session = await database.Begin(ct);
        await IntegrationBook.Revisions.Lock(session, ct);
        var last = (await IntegrationBook.Revisions.History(session, name, 1, ct)).FirstOrDefault(found => found.Body is not null);
        var (after, word, key) = change(last is null ? null : MadeIntegration.Read(last.Body!));
        var body = after?.Write();
        if (last is not null && body == last.Body) // a change that comes again, because its answer got lost
            return new IntegrationEdit(name, last.Number, null, null);
        if (order.Expected is { } expected && expected != (last?.Number ?? 0))
            throw new IntegrationRefusedException(EditRefusal.Outdated,
                $"the integration {name} is by revision {last?.Number ?? 0} now, not {expected}: somebody has changed it meanwhile");
        var revision = await IntegrationBook.Revisions.Write(session, name, word, body, order.By, order.Why, time.GetUtcNow(), ct);
        await session.Commit(ct);
        return new(name, revision, word, key);
    }

    static IntegrationRefusedException Unknown(string name) => new(EditRefusal.Unknown, $"there is no integration {name} that people made");
}
