using Sigma.Hosting.Settings;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Routing;
using Sigma.Notifier.Silences;
using Sigma.Storage;

namespace Sigma.Notifier.Queries;

/// <summary>Adds silences, ends them, and shows them.</summary>
/// <param name="database">Where they are.</param>
/// <param name="time">The clock of the services.</param>
/// <param name="settings">Those of the notifiers, whose silences and maintenance windows are shown too; null for none.</param>
public sealed class SilenceCommands(Database database, TimeProvider time, IConfiguration? settings = null)
{
    /// <summary>The longest name of who does it, and the longest reason.</summary>
    public const int LongestBy = 100, LongestWhy = 500;

    static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    readonly SilenceTable _silences = new();

    /// <summary>Whether the matchers can be read; what is wrong otherwise.</summary>
    public static string? Fault(IEnumerable<string> matchers)
    {
        try
        {
            MatcherSet.Parse(matchers);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    /// <summary>What is wrong with one that is to be added.</summary>
    public IEnumerable<string> Faults(NewSilence added)
    {
        if (added.Matchers.Count == 0)
            yield return "matchers are missing: which alerts?";
        else if (Fault(added.Matchers) is { } fault)
            yield return $"a matcher {fault}";
        if (added.Until <= time.GetUtcNow() || added.Until <= added.From || added.Until - added.From > Longest)
            yield return $"it must end in the future, after it begins, and within {Longest.TotalDays:0} days of that";
        if (added.By.Length is 0 or > LongestBy)
            yield return $"by is who does it, in 1 to {LongestBy} characters";
        if (added.Why.Length is 0 or > LongestWhy)
            yield return $"why is said in 1 to {LongestWhy} characters";
    }

    /// <summary>Adds one; returns its id. One whose id is there already is the same.</summary>
    public async Task<Guid> Add(NewSilence added, CancellationToken ct)
    {
        Silence silence = new(added.Id ?? Guid.CreateVersion7(), MatcherSet.Parse(added.Matchers), added.From, added.Until, added.By, added.Why);
        await using var session = await database.Begin(ct);
        await _silences.Add(session, silence, time.GetUtcNow(), ct);
        await session.Commit(ct);
        return silence.Id;
    }

    /// <summary>Ends one; false when it is over already, or there is none of this id.</summary>
    public async Task<bool> End(Guid silence, string by, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var ended = await _silences.End(session, silence, by, time.GetUtcNow(), ct);
        await session.Commit(ct);
        return ended;
    }

    /// <summary>The name of a silence that is in the settings, where alone it can be ended; null when it is another's.</summary>
    public string? SettingOf(Guid silence) => Provisioned.FirstOrDefault(found => found.Id == silence)?.Setting;

    IEnumerable<Silence> Provisioned => settings is null ? []
        : SettingsReader.Read<NotifierOptions>(settings, "Notifier").Silences.Select(silence => silence.Silence);

    /// <summary>The maintenance windows of the settings, and those that people made unless what they made does not fit the settings.</summary>
    public async Task<IReadOnlyList<FoundWindow>> Windows(CancellationToken ct)
    {
        if (settings is null)
            return [];
        await using var session = await database.Begin(ct);
        var policy = InForce(settings, await PolicyInForce.Made(session, ct));
        var now = time.GetUtcNow();
        return [.. policy.Maintenance.Select(window => new FoundWindow(window.Name, [.. window.Matchers],
            [.. window.Hours], window.IsProvisioned, window.EndOf(now), window.NextAfter(now)))];
    }

    static NotificationPolicy InForce(IConfiguration settings, string? made)
    {
        try
        {
            return NotificationPolicy.Read(settings, made is null ? null : PolicyText.Read(made));
        }
        catch (PolicyTextException)
        {
            return NotificationPolicy.Read(settings);
        }
    }

    /// <summary>Those that last or are to begin, of the settings too; or the newest of all.</summary>
    public async Task<IReadOnlyList<FoundSilence>> All(bool alsoEnded, int limit, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var now = time.GetUtcNow();
        var found = await session.Query<StoredSilence>(
            $"""
            select {SilenceTable.Columns} from notifier_silences {(alsoEnded ? "" : "where ends_at > @now and ended_at is null")}
            order by silence_id desc limit {limit}
            """, new { now = now.ToUnixTimeMilliseconds() }, ct);
        return
        [
            .. Provisioned.Where(silence => alsoEnded || silence.Until > now).Select(silence => new FoundSilence(silence, now)),
            .. found.Select(silence => new FoundSilence(silence, now)),
        ];
    }

    /// <summary>The alerts that are raised now and that these matchers fit, the newest first.</summary>
    public async Task<IReadOnlyList<SilencedAlert>> Preview(IEnumerable<string> matchers, CancellationToken ct)
    {
        var set = MatcherSet.Parse(matchers);
        AlertHistory history = new(time);
        await using var session = await database.Begin(ct);
        var raised = await history.Find(session, await history.Raised(session, ct), ct);
        return
        [
            .. raised.Values.Where(episode => set.Fit(AlertFacts.Of(episode))).OrderByDescending(episode => episode.RaisedAt)
                .Select(episode => new SilencedAlert(episode.AlertId, episode.Rule, episode.Severity, episode.Labels, episode.RaisedAt!.Value)),
        ];
    }
}

/// <summary>A silence to be added.</summary>
/// <param name="Matchers">Which alerts.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends.</param>
/// <param name="By">Who wants it.</param>
/// <param name="Why">Why.</param>
public sealed record NewSilence(IReadOnlyList<string> Matchers, DateTimeOffset From, DateTimeOffset Until, string By, string Why)
{
    /// <summary>Its id, made up by who adds it; null for a new one.</summary>
    public Guid? Id { get; init; }
}

/// <summary>A silence, and how it is now.</summary>
public sealed class FoundSilence
{
    internal FoundSilence(Silence provisioned, DateTimeOffset now)
    {
        Id = provisioned.Id;
        Matchers = [.. provisioned.Matchers.All.Select(matcher => matcher.Text)];
        From = provisioned.From == Silence.SinceEver ? null : provisioned.From;
        Until = provisioned.Until;
        By = provisioned.By;
        Why = provisioned.Why;
        Setting = provisioned.Setting;
        State = Until <= now ? "over" : From > now ? "to come" : "active";
    }

    internal FoundSilence(StoredSilence stored, DateTimeOffset now)
    {
        Id = stored.Id;
        Matchers = stored.Matchers;
        From = stored.StartsAt.ToTime();
        Until = stored.EndsAt.ToTime();
        By = stored.CreatedBy;
        Why = stored.Why;
        EndedAt = stored.EndedAt?.ToTime();
        EndedBy = stored.EndedBy;
        State = EndedAt is not null ? "ended" : Until <= now ? "over" : From > now ? "to come" : "active";
    }

    /// <summary>Its id.</summary>
    public Guid Id { get; }

    /// <summary>Which alerts.</summary>
    public IReadOnlyList<string> Matchers { get; }

    /// <summary>When it begins; null for one of the settings that does not say so, and has begun.</summary>
    public DateTimeOffset? From { get; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>Who wants it.</summary>
    public string By { get; }

    /// <summary>Why.</summary>
    public string Why { get; }

    /// <summary>Its name in the settings, where alone it can be ended; null when a person added it.</summary>
    public string? Setting { get; }

    /// <summary>When a person ended it; null when nobody has.</summary>
    public DateTimeOffset? EndedAt { get; }

    /// <summary>Who ended it.</summary>
    public string? EndedBy { get; }

    /// <summary><c>active</c>, <c>to come</c>, <c>over</c> or <c>ended</c>, which a person did.</summary>
    public string State { get; }
}

/// <summary>A maintenance window, and how it is now.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Matchers">Which alerts.</param>
/// <param name="Hours">When, again and again.</param>
/// <param name="IsProvisioned">Whether it is in the settings, and not made by people.</param>
/// <param name="ActiveUntil">When it ends; null when it is not now.</param>
/// <param name="NextAt">When it begins next.</param>
public sealed record FoundWindow(string Name, IReadOnlyList<string> Matchers, IReadOnlyList<string> Hours, bool IsProvisioned,
    DateTimeOffset? ActiveUntil, DateTimeOffset NextAt);

/// <summary>An alert that a silence fits.</summary>
/// <param name="AlertId">Its id.</param>
/// <param name="Rule">Its rule.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="RaisedAt">When it was raised.</param>
public sealed record SilencedAlert(Guid AlertId, string Rule, string Severity, IReadOnlyDictionary<string, string> Labels, DateTimeOffset RaisedAt);
