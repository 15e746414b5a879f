using Sigma.Contracts;
using Sigma.Hosting.Texts;
using Sigma.Storage;

namespace Sigma.Fetcher.Sources.Conditions;

/// <summary>What changes of a source's conditions by one look.</summary>
internal sealed class ConditionChanges
{
    const int LongestId = 255, LongestTitle = 500, LongestUrl = 2000, LongestAnnotation = 1000;

    static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(30), ClocksApart = TimeSpan.FromMinutes(5), MostAhead = TimeSpan.FromDays(1),
        Remembered = TimeSpan.FromDays(1);

    readonly Dictionary<Guid, KnownCondition> _known, _changed = [];
    readonly HashSet<Guid> _seen = [];
    readonly List<ReportedCondition> _reports = [];
    readonly DateTimeOffset _now;
    readonly int _mostOpen;
    int _open;

    public ConditionChanges(IEnumerable<KnownCondition> known, DateTimeOffset now, int mostOpen)
    {
        _known = known.ToDictionary(condition => condition.Id);
        _open = _known.Values.Count(condition => condition.Fires);
        (_now, _mostOpen) = (now, mostOpen);
    }

    /// <summary>What is told.</summary>
    public IReadOnlyList<ReportedCondition> Reports => _reports;

    /// <summary>What is written.</summary>
    public IReadOnlyCollection<KnownCondition> Changed => _changed.Values;

    /// <summary>A source tells of a condition.</summary>
    /// <param name="seen">As it tells.</param>
    /// <param name="since">What was over before then and is not known is old; null: all of it is.</param>
    public void See(SeenCondition seen, DateTimeOffset? since)
    {
        seen = Bounded(seen);
        var id = Ids.From("condition", seen.ExternalId);
        _seen.Add(id);
        var before = _known.GetValueOrDefault(id);
        if (seen.AsOf is { } asOf && before?.AsOf >= asOf)
            return;
        if (seen.Fires)
            Fire(id, seen, before);
        else if (before is { Fires: true })
            Resolve(before, seen);
        else if (before is not null)
        {
            if (seen.AsOf is not null)
                Put(before with { AsOf = seen.AsOf });
        }
        else if (seen.AsOf is null && since is { } last && Later(seen.AppearedAt, seen.EndedAt) > last - ClocksApart && Fire(id, seen, null))
            Resolve(_known[id], seen); // it came and went between two looks
        else if (seen.AsOf is not null || Later(seen.AppearedAt, seen.EndedAt) > _now - Remembered)
            Put(Silent(id, seen)); // so that it is not taken for news later
    }

    /// <summary>Ends what the source does not list any more.</summary>
    public void Leave(Func<string, bool> isOver, TimeSpan? goneAfter)
    {
        foreach (var condition in _known.Values.Where(c => c.Fires && !_seen.Contains(c.Id) && c.ExternalId != ConditionLedger.Unreadable).ToList())
            if (isOver(condition.ExternalId) || (goneAfter is { } gone && _now - condition.SeenAt >= gone))
                Resolve(condition, null);
    }

    /// <summary>Ends a condition, if it lasts.</summary>
    public void Over(string externalId)
    {
        if (_known.GetValueOrDefault(Ids.From("condition", externalId)) is { Fires: true } condition)
            Resolve(condition, null);
    }

    bool Fire(Guid id, SeenCondition seen, KnownCondition? before)
    {
        var fingerprint = KnownCondition.FingerprintOf(seen);
        var lasts = before is { Fires: true };
        if (lasts && before!.Fingerprint == fingerprint)
        {
            if (_now - before.SeenAt >= SeenEvery || (seen.AsOf is not null && seen.AsOf != before.AsOf))
                Put(before with { SeenAt = _now, AsOf = seen.AsOf });
            return true;
        }
        if (!lasts && _open >= _mostOpen)
            return false;
        _open += lasts ? 0 : 1;
        var started = lasts && seen.StartedAt is null ? before!.StartedAt : seen.StartedAt;
        KnownCondition after = new()
        {
            Id = id, ExternalId = seen.ExternalId, Fires = true, Labels = lasts ? before!.Labels : seen.Labels, Severity = seen.Severity,
            Title = seen.Title, Url = seen.Url, StartedAt = started, ReportedAt = Next(before), SeenAt = _now, AsOf = seen.AsOf,
            Fingerprint = fingerprint,
        };
        Put(after);
        Report(after, ConditionState.Firing, seen.Annotations);
        return true;
    }

    KnownCondition Silent(Guid id, SeenCondition seen) => new()
    {
        Id = id, ExternalId = seen.ExternalId, Labels = seen.Labels, Severity = seen.Severity, Title = seen.Title, Url = seen.Url,
        StartedAt = seen.StartedAt, EndedAt = seen.EndedAt, ReportedAt = Next(null), SeenAt = _now, AsOf = seen.AsOf,
        Fingerprint = KnownCondition.FingerprintOf(seen),
    };

    void Resolve(KnownCondition before, SeenCondition? seen)
    {
        _open--;
        var after = before with
        {
            Fires = false, ReportedAt = Next(before), SeenAt = _now, AsOf = seen?.AsOf ?? before.AsOf, EndedAt = seen?.EndedAt ?? _now,
            Title = seen?.Title ?? before.Title,
        };
        Put(after);
        Report(after, ConditionState.Resolved, seen?.Annotations ?? new Dictionary<string, string>());
    }

    void Report(KnownCondition condition, ConditionState state, IReadOnlyDictionary<string, string> annotations)
    {
        if (state == ConditionState.Resolved && condition.EndedAt is { } ended)
            annotations = new Dictionary<string, string>(annotations) { ["ended_at"] = $"{ended.UtcDateTime:O}" };
        _reports.Add(new()
        {
            ExternalId = condition.ExternalId, Labels = condition.Labels, State = state, ReportedAt = condition.ReportedAt,
            Severity = condition.Severity, Title = condition.Title, StartedAt = condition.StartedAt, Url = condition.Url, Annotations = annotations,
        });
    }

    void Put(KnownCondition condition) => _known[condition.Id] = _changed[condition.Id] = condition;

    // In whole milliseconds, as it is stored.
    DateTimeOffset Next(KnownCondition? before)
    {
        var now = _now.ToUnixTimeMilliseconds();
        return (before is { } told && told.ReportedAt.ToUnixTimeMilliseconds() >= now ? told.ReportedAt.ToUnixTimeMilliseconds() + 1 : now).ToTime();
    }

    SeenCondition Bounded(SeenCondition seen) => seen with
    {
        ExternalId = seen.ExternalId.Length <= LongestId ? seen.ExternalId : $"{seen.ExternalId[..200]}#{Ids.From(seen.ExternalId):N}",
        Title = seen.Title is null ? null : PlainLine.Of(seen.Title).Truncate(LongestTitle),
        Url = seen.Url is { Length: <= LongestUrl } && Uri.TryCreate(seen.Url, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https" ? seen.Url : null,
        Labels = ConditionLabels.Bounded(seen.Labels), StartedAt = Possible(seen.StartedAt), EndedAt = Possible(seen.EndedAt),
        Annotations = seen.Annotations.ToDictionary(one => one.Key, one => PlainLine.Of(one.Value).Truncate(LongestAnnotation)),
    };

    // One time that nobody could mean would have the whole batch refused.
    DateTimeOffset? Possible(DateTimeOffset? time) => time >= Earliest && time <= _now + MostAhead ? time : null;

    static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;
}
