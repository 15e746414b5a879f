using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Sigma.Archive.Files;
using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.Archive.Agents;

/// <summary>When each agent was last heard: one row an agent, which is its source and its labels.</summary>
internal sealed class AgentTable(ArchiveFolder folder, IOptions<ArchiveOptions> options, TimeProvider time, ILogger<AgentTable> log)
    : IAsyncDisposable
{
    const int Version = 1, HeaviestGroup = 20_000;

    const string Kind = "agents";

    const string Schema = """
        create table agents(id blob primary key, source text not null, labels text not null, first_heard integer not null,
            last_heard integer not null, fails integer not null, said text) without rowid;
        create index ix_agents_heard on agents(last_heard, id)
        """;

    readonly Lock _writing = new();
    SqliteConnection? _file;
    GroupCommit<BeatsReported>? _group;
    bool _toldOfTooMany;

    GroupCommit<BeatsReported> Group => LazyInitializer.EnsureInitialized(ref _group,
        () => new GroupCommit<BeatsReported>(Write, beats => beats.Beats.Count, HeaviestGroup));

    /// <summary>Keeps the newest beat of each agent. Returns when that is on the disk; it may be repeated.</summary>
    public Task Store(BeatsReported beats, CancellationToken ct) => Group.Store(beats, ct);

    /// <summary>Agents after one, those silent for longest first.</summary>
    public AgentsFound List(AgentState? state, string? source, (long Heard, Guid Id)? after, int limit)
    {
        using var file = SqliteFile.Read(folder.FileOf(Kind));
        if (file is null)
            return new AgentsFound([], HasMore: false);
        var silent = SilentBefore();
        var where = state switch
        {
            AgentState.Silent => "last_heard < @silent",
            AgentState.Failing => "last_heard >= @silent and fails = 1",
            AgentState.Heard => "last_heard >= @silent and fails = 0",
            _ => "1 = 1",
        };
        var agents = file.Query<(byte[] Id, string Source, string Labels, long First, long Last, long Fails, string? Said)>( // ix_agents_heard
            $"""
             select id, source, labels, first_heard, last_heard, fails, said from agents
             where {where} and (last_heard, id) > (@heard, @id) and (@source is null or source = @source) order by last_heard, id limit @limit
             """,
            new
            {
                silent, heard = after?.Heard ?? long.MinValue, id = (after?.Id ?? Guid.Empty).ToByteArray(bigEndian: true), source, limit = limit + 1,
            }).Select(row => new Agent(new Guid(row.Id, bigEndian: true), row.Source, LabelText.Read(row.Labels), row.First, row.Last,
                row.Last < silent ? AgentState.Silent : row.Fails != 0 ? AgentState.Failing : AgentState.Heard, row.Said)).ToList();
        return new AgentsFound([.. agents.Take(limit)], agents.Count > limit);
    }

    /// <summary>How many there are of each state.</summary>
    public IReadOnlyList<(AgentState State, long Agents)> Count()
    {
        using var file = SqliteFile.Read(folder.FileOf(Kind));
        var counts = file?.QuerySingle<(long Silent, long Failing, long All)>("""
            select coalesce(sum(last_heard < @silent), 0), coalesce(sum(last_heard >= @silent and fails = 1), 0), count(*) from agents
            """, new { silent = SilentBefore() }) ?? default;
        var heard = counts.All - counts.Silent - counts.Failing;
        return [(AgentState.Silent, counts.Silent), (AgentState.Failing, counts.Failing), (AgentState.Heard, heard)];
    }

    /// <summary>Takes those off the list that were not heard since.</summary>
    public int DropBefore(long heard)
    {
        lock (_writing)
            return Open().Execute("delete from agents where last_heard < @heard", new { heard }); // ix_agents_heard
    }

    public async ValueTask DisposeAsync()
    {
        if (_group is not null)
            await _group.DisposeAsync();
        lock (_writing)
            Close();
    }

    IReadOnlyList<Exception?> Write(IReadOnlyList<BeatsReported> news)
    {
        Dictionary<Guid, (string Source, string Labels, Beat Beat)> newest = [];
        var latest = time.GetUtcNow(); // nobody was heard later than now, whatever an agent's clock says
        foreach (var (source, beat) in news.SelectMany(beats => beats.Beats.Select(beat => (beats.Source, beat))))
        {
            var labels = LabelText.Write(beat.Labels);
            var id = Ids.From(source, labels);
            if (!newest.TryGetValue(id, out var known) || known.Beat.At <= beat.At)
                newest[id] = (source, labels, beat.At > latest ? beat with { At = latest } : beat);
        }
        lock (_writing)
            try
            {
                Store(newest);
                return new Exception?[news.Count];
            }
            catch (Exception e)
            {
                if (!SqliteFile.IsFull(e))
                    Close();
                if (SqliteFile.IsCorrupt(e))
                    log.LogError("{File} is damaged ({Reason}); it is kept as {Aside} and a new one is begun: agents are listed when heard again",
                        folder.FileOf(Kind), e.Message, SqliteFile.PutAside(folder.FileOf(Kind), e.Message, time.GetUtcNow()));
                throw;
            }
    }

    void Store(Dictionary<Guid, (string Source, string Labels, Beat Beat)> newest)
    {
        var file = Open();
        using var transaction = file.BeginTransaction();
        var room = options.Value.Agents.Most - file.ExecuteScalar<long>("select count(*) from agents", transaction: transaction);
        foreach (var (id, (source, labels, beat)) in newest)
        {
            var at = beat.At.ToUnixTimeMilliseconds();
            var row = new { id = id.ToByteArray(bigEndian: true), source, labels, at, fails = beat.Fails ? 1 : 0, said = beat.Text };
            if (file.Execute("update agents set last_heard = @at, fails = @fails, said = @said where id = @id and last_heard <= @at", row,
                transaction) > 0 || file.ExecuteScalar<long>("select count(*) from agents where id = @id", row, transaction) > 0)
                continue;
            if (room > 0)
            {
                room--;
                file.Execute("insert into agents values (@id, @source, @labels, @at, @at, @fails, @said)", row, transaction);
            }
            else if (!_toldOfTooMany)
            {
                _toldOfTooMany = true;
                log.LogWarning("There are more than {Most} agents: further ones are not listed (Archive__Agents__Most)", options.Value.Agents.Most);
            }
        }
        transaction.Commit();
    }

    long SilentBefore() => (time.GetUtcNow() - options.Value.Agents.SilentAfter).ToUnixTimeMilliseconds();

    SqliteConnection Open() => _file ??= SqliteFile.Write(folder.FileOf(Kind), Version, Schema);

    void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}

/// <summary>An agent.</summary>
internal sealed record Agent(Guid Id, string Source, IReadOnlyDictionary<string, string> Labels, long FirstHeard, long LastHeard, AgentState State,
    string? Said);

/// <summary>What is known of an agent.</summary>
internal enum AgentState
{
    Heard,
    Failing,
    Silent,
}

/// <summary>A page of agents.</summary>
internal sealed record AgentsFound(IReadOnlyList<Agent> Agents, bool HasMore);
