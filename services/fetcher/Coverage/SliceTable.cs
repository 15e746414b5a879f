using Microsoft.Extensions.Options;
using Sigma.Segware;
using Sigma.Storage;

namespace Sigma.Fetcher.Coverage;

/// <summary>The slices of the source, and how far it is watched without a gap.</summary>
internal sealed class SliceTable(Database database, IOptions<FetcherOptions> options, SegwareClock clock, LateArrivals late)
{
    const int RowsPerInsert = 500, Tries = 8;

    readonly string _source = options.Value.Source;

    /// <summary>End of the last known slice; null before the first start.</summary>
    public Task<long?> End(CancellationToken ct) => Read(session => session.First<long?>(
        "select slice_to from fetcher_slices where source = @source order by slice_from desc limit 1", // primary key
        new { source = _source }, ct), ct);

    /// <summary>Adds wanted slices.</summary>
    public async Task Add(IReadOnlyList<Slice> slices, CancellationToken ct)
    {
        foreach (var chunk in slices.Chunk(RowsPerInsert))
            await Write(session => Insert(session, chunk, ct), ct);
    }

    /// <summary>Replaces a slice by its halves.</summary>
    public Task Replace(Slice slice, IReadOnlyList<Slice> halves, CancellationToken ct) => Write(async session =>
    {
        await session.Execute("delete from fetcher_slices where source = @source and slice_from = @From and slice_to = @To", Key(slice), ct);
        await Insert(session, halves, ct);
    }, ct);

    /// <summary>
    /// Slices whose fetch has not failed: wanted ones, and published ones to be asked for again because events may have arrived late. Oldest first.
    /// </summary>
    public Task<List<Slice>> Wanted(int limit, CancellationToken ct) => Read(async session =>
    {
        var wanted = await Slices(session, "state = 'wanted'", limit, null, ct);
        var now = Now;
        var overlap = late.Overlap;
        // The lower bound keeps the scan to a day's rows; what could not be asked again for that long is given up.
        var again =
            await Slices(session,
                "state = 'published' and slice_from >= @since and coalesce(asked_at, 0) < slice_to + @overlap and coalesce(asked_at, 0) <= @notSince",
                limit, new
                {
                    source = _source,
                    notSince = now - (long)(overlap / SlicePlan.AsksPerOverlap).TotalMilliseconds,
                    since = now - (long)(options.Value.RetryFailedFor + overlap + options.Value.SliceLength).TotalMilliseconds,
                    overlap = (long)overlap.TotalMilliseconds,
                }, ct);
        foreach (var age in late.SecondLooks.Select(age => (long)age.TotalMilliseconds))
            again.AddRange(await Slices(session,
                "state = 'published' and slice_from >= @since and slice_to <= @now - @age and coalesce(asked_at, 0) < slice_to + @age", limit,
                new { source = _source, now,
                    age, since = now - age - (long)(SlicePlan.SecondLooksFor + options.Value.SliceLength).TotalMilliseconds }, ct));
        return wanted.Concat(again).DistinctBy(s => (s.From, s.To)).OrderBy(s => s.From).Take(limit).ToList();
    }, ct);

    /// <summary>Slices whose last try failed, oldest first.</summary>
    public Task<List<Slice>> Failed(int limit, CancellationToken ct) => Read(session => Slices(session, "state = 'failed'", limit, null, ct), ct);

    /// <summary>The slice's content is with the broker.</summary>
    public Task Published(Slice slice, int events, Guid fingerprint, long askedAt, CancellationToken ct) => Write(session => session.Execute(
        """
        update fetcher_slices set state = 'published', delayed_by = coalesce(delayed_by, reason), reason = null, attempts = 0, failed_since = null,
          events = @events, fingerprint = @fingerprint, asked_at = @askedAt, published_at = @now, covered_at = coalesce(covered_at, @now)
        where source = @source and slice_from = @From and slice_to = @To
        """, // primary key
        new { source = _source, slice.From, slice.To, events, fingerprint, askedAt, now = Now }, ct), ct);

    /// <summary>The slice was asked for again and nothing had changed.</summary>
    public Task Unchanged(Slice slice, long askedAt, CancellationToken ct) => Write(session => session.Execute(
        "update fetcher_slices set asked_at = @askedAt where source = @source and slice_from = @From and slice_to = @To",
        new { source = _source, slice.From, slice.To, askedAt }, ct), ct);

    /// <summary>
    /// The try failed; the slice stays on the list unless it is abandoned. The fingerprint is that of what could be published of it.
    /// </summary>
    public Task Failed(Slice slice, SliceState state, string reason, long askedAt, Guid? fingerprint, CancellationToken ct) => Write(session =>
        session.Execute(
        """
        update fetcher_slices set state = @state, reason = @reason, attempts = attempts + 1, asked_at = @askedAt,
          failed_since = coalesce(failed_since, @askedAt), fingerprint = coalesce(@fingerprint, fingerprint)
        where source = @source and slice_from = @From and slice_to = @To
        """, // primary key
        new
        {
            source = _source, slice.From, slice.To, state = state.Stored(), reason = reason.Length <= 500 ? reason : reason[..500], askedAt,
            fingerprint,
        }, ct), ct);

    /// <summary>Wants again what was published of the time after <paramref name="since"/>, whether or not it has changed.</summary>
    public Task WantAgain(long since, CancellationToken ct) => Write(session => session.Execute(
        "update fetcher_slices set state = 'wanted', fingerprint = null where source = @source and state = 'published' and slice_to > @since",
        new { source = _source, since }, ct), ct);

    /// <summary>
    /// Takes back what was said of time that has not come: a clock had been ahead. Slices of it are forgotten, the one that is passing is wanted up
    /// to now, and what claims to have been asked for in it is asked for again.
    /// </summary>
    public async Task<int> TakeBack(CancellationToken ct)
    {
        var now = Now;
        var taken = 0;
        var args = new { source = _source, now, future = now + (long)SlicePlan.ClockTolerance.TotalMilliseconds };
        await Write(async session =>
        {
            taken = await session.Execute("delete from fetcher_slices where source = @source and slice_from >= @now", args, ct); // primary key
            var passing = await session.Query<(long From, long To)>( // primary key
                "select slice_from, slice_to from fetcher_slices where source = @source and slice_from < @now and slice_to > @future", args, ct);
            foreach (var (from, to) in passing)
                await session.Execute("delete from fetcher_slices where source = @source and slice_from = @from and slice_to = @to",
                    new { source = _source, from, to }, ct);
            await Insert(session, [.. passing.Select(p => new Slice(p.From, now))], ct);
            taken += passing.Count + await session.Execute(
                """
                update fetcher_slices set asked_at = null, failed_since = null, state = case when state = 'abandoned' then 'failed' else state end
                where source = @source and (asked_at > @future or failed_since > @future)
                """, args, ct);
        }, ct);
        return taken;
    }

    /// <summary>End of the last unbroken run of slices that are done; stored, and null before the first start.</summary>
    public async Task<long?> MoveWatermark(CancellationToken ct)
    {
        var end = await End(ct);
        long? watermark = null;
        await Write(async session =>
        {
            watermark = await session.First<long?>( // ix_fetcher_slices_state
                "select min(slice_from) from fetcher_slices where source = @source and state in ('wanted', 'failed')", new { source = _source }, ct)
                ?? end;
            if (watermark is not null)
                await session.Execute("update fetcher_sources set watermark = @watermark where source = @source", new { source = _source, watermark },
                    ct);
        }, ct);
        return watermark;
    }

    /// <summary>Forgets up to <paramref name="limit"/> of the slices before <paramref name="before"/>; says whether there may be more.</summary>
    public async Task<bool> Forget(long before, int limit, CancellationToken ct)
    {
        var forgotten = 0;
        await Write(async session =>
        {
            var last = await session.First<long?>( // primary key
                "select max(slice_from) from (select slice_from from fetcher_slices where source = @source and slice_from < @before order by "
                    + "slice_from limit @limit) oldest",
                new { source = _source, before, limit }, ct);
            forgotten = last is null ? 0 : await session.Execute(
                "delete from fetcher_slices where source = @source and slice_from <= @last and state in ('published', 'abandoned')",
                new { source = _source, last }, ct);
        }, ct);
        return forgotten >= limit;
    }

    long Now => clock.Now.ToUnixTimeMilliseconds();

    object Key(Slice slice) => new { source = _source, slice.From, slice.To };

    Task Insert(DbSession session, IReadOnlyCollection<Slice> slices, CancellationToken ct)
    {
        if (slices.Count == 0)
            return Task.CompletedTask;
        using var rows = new SqlRows(session.Dialect);
        foreach (var slice in slices)
            rows.Add(_source, slice.From, slice.To, SliceState.Wanted.Stored());
        return session.Execute($"{session.Dialect.InsertIgnore} into fetcher_slices(source, slice_from, slice_to, state) values {rows}", null, ct);
    }

    // ix_fetcher_slices_state
    async Task<List<Slice>> Slices(DbSession session, string where, int limit, object? args, CancellationToken ct) =>
        (await session.Query<SliceRow>(
            $"""
            select slice_from SliceFrom, slice_to SliceTo, state State, attempts Attempts, failed_since FailedSince, asked_at AskedAt, events Events,
              fingerprint Fingerprint
            from fetcher_slices where source = @source and {where} order by slice_from limit {limit}
            """, args ?? new { source = _source }, ct)).ConvertAll(row => row.ToSlice());

    async Task<T> Read<T>(Func<DbSession, Task<T>> work, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await work(session);
    }

    /// <summary>Tries again for five seconds whatever the reason; after that the poll ends and the next one begins with what is stored.</summary>
    async Task Write(Func<DbSession, Task> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var session = await database.Begin(ct);
                await work(session);
                await session.Commit(ct);
                return;
            }
            catch (Exception e) when (attempt < Tries && !ct.IsCancellationRequested && !database.Dialect.IsRefusal(e))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10 << attempt), ct);
            }
        }
    }

    sealed class SliceRow
    {
        public long SliceFrom { get; init; }
        public long SliceTo { get; init; }
        public SliceState State { get; init; }
        public int Attempts { get; init; }
        public long? FailedSince { get; init; }
        public long? AskedAt { get; init; }
        public int Events { get; init; }
        public Guid? Fingerprint { get; init; }

        public Slice ToSlice() => new(SliceFrom, SliceTo)
        {
            State = State, Attempts = Attempts, FailedSince = FailedSince, AskedAt = AskedAt, Events = Events, Fingerprint = Fingerprint,
        };
    }
}
