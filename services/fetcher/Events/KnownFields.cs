using Microsoft.Extensions.Options;
using Sigma.Fetcher.Coverage;
using Sigma.Segware;
using Sigma.Storage;

namespace Sigma.Fetcher.Events;

/// <summary>
/// Remembers which fields the records of the source have, also over a restart: an answer is not the whole truth when no record has a field any more
/// that most of them used to have, and when most of its records cannot be read.
/// </summary>
internal sealed class KnownFields(Database database, IOptions<FetcherOptions> options, SegwareClock clock, ILogger<KnownFields> log)
{
    // So rarely would records come without the field, one after another, if nothing had changed.
    const double Chance = 0.001;

    // Fewer say nothing; more are halved, so that what the source does now weighs more than what it did.
    const int FewRecords = 20, ManyRecords = 10_000, FewAccounts = 20;

    readonly Lock _lock = new();
    readonly string _source = options.Value.Source;
    readonly SemaphoreSlim _loading = new(1, 1);
    readonly Dictionary<string, KnownField> _fields = FieldCounts.Names.ToDictionary(name => name, _ => new KnownField());
    Newest? _readable;
    bool _loaded, _changed;

    /// <summary>Counts the fields of an answer; returns why it cannot be called the whole truth, or null.</summary>
    public async Task<string?> Judge(Slice slice, SliceAnswer answer, CancellationToken ct)
    {
        await Load(ct);
        lock (_lock)
        {
            if (answer.Records == 0)
                return null;
            var unreadable = answer.Unreadable;
            if (unreadable is null)
                _readable = Newer(_readable, slice);
            else if (IsPassed(_readable, slice))
                unreadable = null;
            string? lost = null;
            foreach (var field in FieldCounts.Names)
                lost = Count(field, slice, answer) is { } loss ? lost ?? loss : lost;
            return unreadable ?? lost;
        }
    }

    /// <summary>Writes down what was counted. What is lost by a failure is counted again soon.</summary>
    public async Task Save(CancellationToken ct)
    {
        List<(string Field, KnownField Known)> fields;
        lock (_lock)
        {
            if (!_changed)
                return;
            _changed = false;
            fields = [.. _fields.Select(field => (field.Key, field.Value with { }))];
        }
        try
        {
            await using var session = await database.Begin(ct);
            using var rows = new SqlRows(session.Dialect);
            foreach (var (field, knownField) in fields)
                rows.Add(_source, field, knownField.Seen, knownField.Had, knownField.Missing, knownField.MissingSince);
            await session.Execute($"insert into fetcher_fields(source, field, seen, had, missing, missing_since) values {rows} " // primary key
                + session.Dialect.OnConflictUpdate("source, field", "seen", "had", "missing", "missing_since"), null, ct);
            await session.Commit(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            lock (_lock)
                _changed = true;
            log.LogInformation("The known fields of {Source} could not be stored, the next poll retries: {Reason}", _source, e.Message);
        }
    }

    string? Count(string field, Slice slice, SliceAnswer answer)
    {
        var (knownField, (seen, had)) = (_fields[field], answer.Fields.Of(field));
        if (seen == 0)
            return null;
        var isFirst = slice.AskedAt is null; // the same records asked for again say nothing new
        var share = (knownField.Had + 1.0) / (knownField.Seen + 2);
        bool IsLoss(long missing) => knownField.Seen >= FewRecords && share > 0.5 && Math.Pow(1 - share, missing) < Chance
            && (field != FieldCounts.Occurrence || missing >= FewAccounts);
        if (had > 0)
        {
            knownField.Newest = Newer(knownField.Newest, slice);
            if (isFirst)
            {
                knownField.Seen = knownField.Seen + seen;
                knownField.Had = knownField.Had + had;
                _changed = true;
            }
            if (knownField.Missing > 0 && slice.From >= knownField.MissingFrom) // that older records have it says nothing
            {
                // Those without it in between were so by chance, or did not tell the truth.
                knownField.Seen += IsLoss(knownField.Missing) ? 0 : knownField.Missing;
                knownField.Missing = 0;
                knownField.MissingSince = null;
                _changed = true;
            }
            if (knownField.Seen > ManyRecords)
            {
                knownField.Seen = knownField.Seen / 2;
                knownField.Had = knownField.Had / 2;
            }
            return null;
        }
        if (isFirst)
        {
            knownField.Missing += seen;
            knownField.MissingSince ??= Now;
            knownField.MissingFrom = Math.Max(knownField.MissingFrom, slice.From);
            _changed = true;
        }
        if (!IsLoss(Math.Max(knownField.Missing, seen)) || IsPassed(knownField.Newest, slice))
            return null;
        if (Now - knownField.MissingSince > options.Value.RetryFailedFor.TotalMilliseconds)
        {
            log.LogWarning("No record of {Source} has had {Field} for {Time}: the field is no longer expected",
                _source, Named(field), options.Value.RetryFailedFor);
            knownField.Seen = 0;
            knownField.Had = 0;
            knownField.Missing = 0;
            knownField.MissingSince = null;
            _changed = true;
            return null;
        }
        return $"no record has {Named(field)} any more, which {(share > 0.9 ? "nearly all" : "most")} had: is it named otherwise now?";
    }

    // As slices have it.
    long Now => clock.Now.ToUnixTimeMilliseconds();

    static string Named(string field) => field == FieldCounts.Time ? "a time that can be read (Segware__TimeFields)" : field;

    /// <summary>
    /// Whether newer time has been readable since this slice failed: then what is wrong with it is its own, and no newer answer will mend it.
    /// </summary>
    static bool IsPassed(Newest? newest, Slice slice) =>
        slice is { State: SliceState.Failed, FailedSince: { } since } && newest is { } good && good.From >= slice.To && good.At > since;

    Newest Newer(Newest? newest, Slice slice) => newest is { } known && known.From > slice.From ? known : new Newest(slice.From, Now);

    async Task Load(CancellationToken ct)
    {
        if (_loaded)
            return;
        await _loading.WaitAsync(ct);
        try
        {
            if (_loaded)
                return;
            await using var session = await database.Begin(ct);
            var rows = await session.Query<FieldRow>( // primary key
                "select field Field, seen Seen, had Had, missing Missing, missing_since MissingSince from fetcher_fields where source = @source",
                new { source = _source }, ct);
            lock (_lock)
                foreach (var row in rows.Where(row => _fields.ContainsKey(row.Field)))
                    _fields[row.Field] = new KnownField { Seen = row.Seen, Had = row.Had, Missing = row.Missing, MissingSince = row.MissingSince };
            _loaded = true;
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>
    /// A field of past records: how many were looked at, how many had it, and how many of the newest in a row, which come on top, have not.
    /// </summary>
    sealed record KnownField
    {
        public long Seen { get; set; }
        public long Had { get; set; }
        public long Missing { get; set; }
        public long? MissingSince { get; set; }

        /// <summary>The newest slice without it. Not kept over a restart.</summary>
        public long MissingFrom { get; set; }

        public Newest? Newest { get; set; }
    }

    /// <summary>The newest slice whose answer was as it should be, and when such an answer last came.</summary>
    readonly record struct Newest(long From, long At);

    sealed class FieldRow
    {
        public string Field { get; init; } = "";
        public long Seen { get; init; }
        public long Had { get; init; }
        public long Missing { get; init; }
        public long? MissingSince { get; init; }
    }
}
