using Microsoft.Extensions.Options;
using Quartz;
using Sigma.Hosting.Schedule;
using Sigma.Storage;

namespace Sigma.Gateway.Intake;

/// <summary>
/// Calls the addresses by which senders have a subscription confirmed. They are stored with the delivery and called after its answer; one that does
/// not answer is called again for two days, as long as it holds.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class Confirmations(Database database, CheckedAddress addresses, IOptions<GatewayOptions> options, TimeProvider time,
    IHostApplicationLifetime host, ILogger<Confirmations> log) : RepeatedJob("Subscriptions cannot be confirmed", host, log)
{
    const int AtATime = 20, LargestAnswer = 64 * 1024;

    static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(2), Claim = TimeSpan.FromSeconds(60), LongestWait = TimeSpan.FromHours(1);

    /// <summary>Calls those that are due.</summary>
    public override async Task Run(CancellationToken ct)
    {
        if (!options.Value.Confirmations.Automatic)
            return;
        foreach (var row in await Take(ct))
            await Call(row, ct);
    }

    async Task Call(Row row, CancellationToken ct)
    {
        Uri address = new(row.Address);
        try
        {
            await addresses.Get(address, row.Kind, LargestAnswer, ct);
            log.LogInformation("The subscription of {Integration} at {Host} is confirmed", row.Integration, address.Host);
            await End(row, ct);
        }
        catch (AddressRefusedException e)
        {
            var isOver = e.IsFinal || time.Milliseconds() - row.AskedAt > GivenUpAfter.TotalMilliseconds;
            log.LogWarning("The subscription of {Integration} is not confirmed{Then}: {Reason}", row.Integration, isOver ? "" : ", retrying",
                e.Message);
            if (isOver)
                await End(row, ct);
        }
    }

    async Task<List<Row>> Take(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var now = time.Milliseconds();
        var rows = await session.Query<Row>( // ix_gateway_confirmations_due
            $"""
            select id Id, integration Integration, kind Kind, address Address, asked_at AskedAt, tries Tries from gateway_confirmations
            where due_at <= @now order by due_at limit {AtATime} {session.Dialect.ForUpdateSkipLocked}
            """, new { now }, ct);
        foreach (var row in rows)
            await session.Execute("update gateway_confirmations set due_at = @due, tries = tries + 1 where id = @Id",
                new { due = now + (long)Math.Min(Claim.TotalMilliseconds * (row.Tries + 1), LongestWait.TotalMilliseconds), row.Id }, ct);
        await session.Commit(ct);
        return rows;
    }

    async Task End(Row row, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        await session.Execute("delete from gateway_confirmations where id = @Id", new { row.Id }, ct);
        await session.Commit(ct);
    }

    sealed class Row
    {
        public Guid Id { get; init; }
        public string Integration { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Address { get; init; } = "";
        public long AskedAt { get; init; }
        public int Tries { get; init; }
    }
}
