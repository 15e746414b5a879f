using Sigma.Hosting.Settings;
using Sigma.Notifier.Receivers;
using Sigma.Storage;
using Sigma.Storage.Revisions;

namespace Sigma.Notifier.Routing;

/// <summary>What people change of the policy: all of it at once, each change a revision. Notifiers that run know it within two seconds.</summary>
/// <param name="database">Where it is.</param>
/// <param name="configuration">The notifiers' settings, which it is checked beside.</param>
/// <param name="time">The clock of the services.</param>
public sealed class PolicyEdits(Database database, IConfiguration configuration, TimeProvider time)
{
    const int LongestBy = 100, LongestWhy = 1000;

    /// <summary>The same, and the number of its last change; 0 before the first.</summary>
    public async Task<(PolicyOptions Made, long Revision)> Current(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var revision = await PolicyInForce.Revisions.Current(session, ct);
        return (await PolicyInForce.Made(session, ct) is { } text ? PolicyText.Read(text) : new(), revision);
    }

    /// <summary>What people made; nothing when nobody has.</summary>
    public async Task<PolicyOptions> Made(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await PolicyInForce.Made(session, ct) is { } text ? PolicyText.Read(text) : new();
    }

    /// <summary>What of it does not fit the settings, which then are in force alone; null when nobody has made anything.</summary>
    public async Task<IReadOnlyList<string>?> Faults(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        if (await PolicyInForce.Made(session, ct) is not { } text)
            return null;
        try
        {
            NotificationPolicy.Checked(PolicyText.Read(text), SettingsReader.Read<NotifierOptions>(configuration, "Notifier"),
                ReceiverSettings.Read(configuration));
            return [];
        }
        catch (PolicyTextException e)
        {
            return e.Faults;
        }
    }

    /// <summary>The changes, the newest first.</summary>
    public async Task<IReadOnlyList<Revision>> History(int most, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await PolicyInForce.Revisions.History(session, PolicyInForce.Name, most, ct);
    }

    /// <summary>A change by its number.</summary>
    /// <exception cref="PolicyTextException">There is none.</exception>
    public async Task<Revision> Find(long revision, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await Find(session, revision, ct);
    }

    /// <summary>Has it say this. Returns the number of the change; null when it says so already.</summary>
    /// <exception cref="PolicyTextException">It is refused; each fault says why.</exception>
    /// <exception cref="PolicyOutdatedException">Its last change is not the one that is expected.</exception>
    public Task<long?> Put(PolicyOptions policy, string by, string? why, CancellationToken ct, long? expected = null) =>
        Change(_ => Task.FromResult((policy, "changed")), by, why, expected, ct);

    /// <summary>Has it say again what it said once.</summary>
    /// <exception cref="PolicyTextException">There is no such revision, or it does not fit the settings any more.</exception>
    /// <exception cref="PolicyOutdatedException">Its last change is not the one that is expected.</exception>
    public Task<long?> RollBack(long revision, string by, string? why, CancellationToken ct, long? expected = null) =>
        Change(async session => (PolicyText.Read((await Find(session, revision, ct)).Body ?? "{}"), $"rolled back to {revision}"), by, why,
            expected, ct);

    async Task<long?> Change(Func<DbSession, Task<(PolicyOptions, string)>> change, string by, string? why, long? expected, CancellationToken ct)
    {
        if (by is not { Length: > 0 and <= LongestBy } || why is { Length: > LongestWhy })
            throw new PolicyTextException([$"who changes it is said in 1 to {LongestBy} characters, and why in {LongestWhy:#,0} at most"]);
        var settings = SettingsReader.Read<NotifierOptions>(configuration, "Notifier");
        await using var session = await database.Begin(ct);
        await PolicyInForce.Revisions.Lock(session, ct);
        if (expected is { } revision && await PolicyInForce.Revisions.Last(session, ct) is var last && last != revision)
            throw new PolicyOutdatedException(revision, last);
        var (policy, what) = await change(session);
        var body = PolicyText.Write(NotificationPolicy.Checked(policy, settings, ReceiverSettings.Read(configuration)));
        if (await PolicyInForce.Made(session, ct) == body)
            return null;
        var number = await PolicyInForce.Revisions.Write(session, PolicyInForce.Name, what, body, by, why, time.GetUtcNow(), ct);
        await session.Commit(ct);
        return number;
    }

    static async Task<Revision> Find(DbSession session, long revision, CancellationToken ct) =>
        await PolicyInForce.Revisions.Find(session, revision, ct) ?? throw new PolicyTextException([$"there is no revision {revision}"]);
}

/// <summary>Somebody else has changed it meanwhile.</summary>
/// <param name="expected">The revision it was expected to be by.</param>
/// <param name="last">The one it is by.</param>
public sealed class PolicyOutdatedException(long expected, long last)
    : Exception($"it is by revision {last} now, and no longer by {expected}: look whether the change is still wanted");
