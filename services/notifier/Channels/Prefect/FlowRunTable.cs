using Sigma.Hosting.Texts;
using Sigma.Storage;

namespace Sigma.Notifier.Channels.Prefect;

/// <summary>The runs, as stored.</summary>
internal sealed class FlowRunTable(TimeProvider time)
{
    const int LongestDeployment = 100, LongestUrl = 500, LongestState = 16, LongestName = 100, LongestMessage = 500;

    // Until then nobody else asks; a notifier that stopped meanwhile has written nothing.
    static readonly TimeSpan ToAsk = TimeSpan.FromMinutes(1);

    // Further ahead than a run is ever put off.
    static readonly TimeSpan Future = TimeSpan.FromMinutes(15);

    const string Columns =
        """
        run_id Id, alert_id AlertId, channel Channel, deployment Deployment, url Url, state State, state_name StateName, message Message,
          started_at StartedAt, due_at DueAt, seen_at SeenAt, failed_at FailedAt, ended_at EndedAt
        """;

    /// <summary>What is there already stays as it is.</summary>
    public Task Add(DbSession session, Guid run, Guid alert, Guid delivery, PrefectChannel channel, string url, CancellationToken ct) =>
        session.Execute(
        $"""
        {session.Dialect.InsertIgnore} into notifier_flow_runs(run_id, alert_id, delivery_id, channel, deployment, url, started_at, due_at)
        values(@run, @alert, @delivery, @channel, @deployment, @url, @now, @now)
        """,
        new
        {
            run, alert, delivery, channel = channel.Integration.Name, deployment = channel.Deployment.Truncate(LongestDeployment),
            url = url.Truncate(LongestUrl), now = time.Milliseconds(),
        }, ct);

    /// <summary>Takes runs of an integration that are to be asked about, so that for a minute nobody else does.</summary>
    public async Task<List<Guid>> TakeDue(DbSession session, string channel, int limit, CancellationToken ct)
    {
        var now = time.Milliseconds();
        var due = await session.Query<Guid>( // ix_flow_runs_due
            $"""
            select run_id from notifier_flow_runs where channel = @channel and ended_at is null and due_at <= @now order by due_at limit {limit}
            {session.Dialect.ForUpdateSkipLocked}
            """, new { channel, now }, ct);
        if (due.Count > 0)
            await session.Execute($"update notifier_flow_runs set due_at = @until where run_id in ({due.Literals()})", // primary key
                new { until = now + (long)ToAsk.TotalMilliseconds }, ct);
        return due;
    }

    /// <summary>Those that nobody has asked about for so long, of none of these integrations.</summary>
    public Task<List<Guid>> Orphans(DbSession session, IEnumerable<string> channels, TimeSpan since, int limit, CancellationToken ct) =>
        session.Query<Guid>( // ix_flow_runs_due, once in a while
        $"select run_id from notifier_flow_runs where channel not in @channels and ended_at is null and due_at < @before limit {limit}",
        new { channels, before = time.Milliseconds() - (long)since.TotalMilliseconds }, ct);

    /// <summary>Those of these that are followed still, locked; always in the same order.</summary>
    public async Task<List<FlowRun>> Lock(DbSession session, IEnumerable<Guid> runs, CancellationToken ct) =>
        (await session.Query<Stored>( // primary key
            $"""
            select {Columns} from notifier_flow_runs where run_id in ({runs.Literals()}) and ended_at is null order by run_id
            {session.Dialect.ForUpdate}
            """, null, ct)).ConvertAll(stored => stored.Run);

    public Task Save(DbSession session, FlowRun run, CancellationToken ct) => session.Execute( // primary key
        """
        update notifier_flow_runs set state = @state, state_name = @name, message = @message, due_at = @due, seen_at = @seen, failed_at = @failed,
          ended_at = @ended
        where run_id = @key
        """,
        new
        {
            key = run.Id, state = run.State?.Truncate(LongestState), name = run.StateName?.Truncate(LongestName),
            message = run.Message?.Truncate(LongestMessage), due = run.DueAt.ToUnixTimeMilliseconds(), seen = run.SeenAt?.ToUnixTimeMilliseconds(),
            failed = run.FailedAt?.ToUnixTimeMilliseconds(), ended = run.EndedAt?.ToUnixTimeMilliseconds(),
        }, ct);

    /// <summary>What of these integrations was put off while a clock was ahead is asked about now.</summary>
    public static Task<int> Repair(DbSession session, IEnumerable<string> channels, long now, CancellationToken ct) => session.Execute(
        // ix_flow_runs_due
        "update notifier_flow_runs set due_at = @now where channel in @channels and ended_at is null and due_at > @future",
        new { channels, now, future = now + (long)Future.TotalMilliseconds }, ct);

    sealed class Stored
    {
        public Guid Id { get; init; }
        public Guid AlertId { get; init; }
        public string Channel { get; init; } = "";
        public string Deployment { get; init; } = "";
        public string Url { get; init; } = "";
        public string? State { get; init; }
        public string? StateName { get; init; }
        public string? Message { get; init; }
        public long StartedAt { get; init; }
        public long DueAt { get; init; }
        public long? SeenAt { get; init; }
        public long? FailedAt { get; init; }
        public long? EndedAt { get; init; }

        public FlowRun Run => new()
        {
            Id = Id, AlertId = AlertId, Channel = Channel, Deployment = Deployment, Url = Url, State = State, StateName = StateName,
            Message = Message, StartedAt = StartedAt.ToTime(), DueAt = DueAt.ToTime(), SeenAt = SeenAt?.ToTime(), FailedAt = FailedAt?.ToTime(),
            EndedAt = EndedAt?.ToTime(),
        };
    }
}
