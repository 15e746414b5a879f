namespace Sigma.Storage.Revisions;

/// <summary>
/// A book of a service: what people make and change, by name, with every change of it. It is read and written in the caller's transaction. A change
/// locks the book; who must judge by nothing older asks for <see cref="Current"/> first.
/// </summary>
/// <param name="service">The service, as its tables begin.</param>
/// <param name="book">At most 32 characters.</param>
public sealed class RevisionLog(string service, string book)
{
    const string Columns =
        "revision Number, name Name, what_changed WhatChanged, body Body, changed_by ChangedBy, why Why, changed_at ChangedAt";

    string Books => service + RevisionTables.Books;

    string Revisions => service + RevisionTables.Revisions;

    /// <summary>The number of the last change, which stays the last until this transaction ends; 0 before the first.</summary>
    public Task<long> Current(DbSession session, CancellationToken ct) => session.First<long>( // primary key
        $"select revision from {Books} where book = @book {session.Dialect.ForShare}", new { book }, ct);

    /// <summary>The number of the last change that is committed; 0 before the first.</summary>
    public Task<long> Last(DbSession session, CancellationToken ct) => session.First<long>( // primary key
        $"select revision from {Books} where book = @book", new { book }, ct);

    /// <summary>Makes the book, so that its first change can be waited for as any other.</summary>
    public Task Open(DbSession session, CancellationToken ct) =>
        session.Execute($"{session.Dialect.InsertIgnore} into {Books}(book, revision) values(@book, 0)", new { book }, ct);

    /// <summary>What the book says: the last change of each name that is not removed, by name.</summary>
    // the index by name, loosely
    public async Task<IReadOnlyList<Revision>> All(DbSession session, CancellationToken ct) => (await session.Query<Row>(
        $"""
        select {Columns}
        from {Revisions} r join (select max(revision) latest from {Revisions} where book = @book group by name) l on l.latest = r.revision
        where r.book = @book and r.body is not null order by r.name
        """, new { book }, ct)).ConvertAll(row => row.Revision);

    /// <summary>The changes of a name, the newest first; of all names when it is null.</summary>
    /// <param name="session">Its transaction.</param>
    /// <param name="name">The name, or null.</param>
    /// <param name="most">So many at most.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <param name="before">Only those before this one; null from the last one on.</param>
    public async Task<IReadOnlyList<Revision>> History(DbSession session, string? name, int most, CancellationToken ct, long? before = null) =>
        (await session.Query<Row>( // the index by name, or the primary key
            $"""
            select {Columns} from {Revisions} where book = @book {(name is null ? "" : "and name = @name")}
              and revision < {before ?? long.MaxValue} order by revision desc limit {most}
            """, new { book, name }, ct)).ConvertAll(row => row.Revision);

    /// <summary>A change by its number; null when there is none.</summary>
    public async Task<Revision?> Find(DbSession session, long revision, CancellationToken ct) => (await session.First<Row>( // primary key
        $"select {Columns} from {Revisions} where book = @book and revision = @revision", new { book, revision }, ct))?.Revision;

    /// <summary>Locks the book until this transaction ends: nobody else changes it, and nobody is told what is <see cref="Current"/>.</summary>
    public async Task Lock(DbSession session, CancellationToken ct)
    {
        var locking = $"select revision from {Books} where book = @book {session.Dialect.ForUpdate}"; // primary key
        // It is made only where it is not there, and not by an insert that ignores: one that finds another's row shares its lock, and of two that
        // share it none can lock it alone.
        if (await session.First<long?>(locking, new { book }, ct) is null)
            await session.Execute(
                $"insert into {Books}(book, revision) values(@book, 0) {session.Dialect.OnConflictUpdate("book", "revision = revision")}",
                new { book }, ct);
    }

    /// <summary>Writes a change; the book must be locked. Returns its number.</summary>
    public async Task<long> Write(DbSession session, string name, string change, string? body, string by, string? why, DateTimeOffset at,
        CancellationToken ct)
    {
        await session.Execute($"update {Books} set revision = revision + 1 where book = @book", new { book }, ct);
        var revision = await Last(session, ct);
        await session.Execute(
            $"""
            insert into {Revisions}(book, revision, name, what_changed, body, changed_by, why, changed_at)
            values(@book, @revision, @name, @change, @body, @by, @why, @at)
            """, new { book, revision, name, change, body, by, why, at = at.ToUnixTimeMilliseconds() }, ct);
        return revision;
    }

    sealed class Row
    {
        public long Number { get; init; }
        public string Name { get; init; } = "";
        public string WhatChanged { get; init; } = "";
        public string? Body { get; init; }
        public string ChangedBy { get; init; } = "";
        public string? Why { get; init; }
        public long ChangedAt { get; init; }

        public Revision Revision => new()
        {
            Number = Number, Name = Name, Change = WhatChanged, Body = Body, By = ChangedBy, Why = Why, At = ChangedAt.ToTime(),
        };
    }
}
