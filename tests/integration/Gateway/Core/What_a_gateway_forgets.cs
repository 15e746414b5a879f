using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Gateway.Retention;
using Sigma.IntegrationTests.Retention;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Gateway.Core;

/// <summary>Bodies, keys and conditions of long ago, and how the database finds those and others.</summary>
public sealed class What_a_gateway_forgets(ITestOutputHelper output)
{
    const int Old = 1_200, Batch = Storage.Retention.OldRows.Batch;

    static readonly (string Table, string Time)[] Tables =
        [("gateway_intake", "received_at"), ("gateway_seen", "seen_at"), ("gateway_open", "reported_at")];

    [Fact]
    public async Task Goes_in_batches_each_in_a_transaction_of_its_own_and_what_is_young_stays()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("what is deleted before somebody holds a row");
        station.Integrations("generic");
        await station.StartEvaluator();
        var gateway = await station.StartGateway();
        using Sender sender = new();
        await sender.Deliver(gateway.Address, "generic", Bodies.Firing("generic", "young"));
        var newest = LongAgo(station);
        await OldRows.Gateway(station, Old, newest);

        await using var holder = await station.Database.Open(CancellationToken.None);
        await using var holding = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync($"select id from gateway_intake where received_at = {newest.ToUnixTimeMilliseconds()} for update",
            transaction: holding);
        var purging = gateway.Services.GetRequiredService<Purge>().Run(CancellationToken.None);
        await Await.Until(() => station.Count("select count(*) from gateway_intake"), left => left == 1 + Old - (2 * Batch),
            "two batches are gone, and the third waits for who holds one of its rows");
        Assert.False(purging.IsCompleted);
        await holding.CommitAsync();
        await purging;

        foreach (var (table, _) in Tables)
            Assert.Equal(1, await station.Count($"select count(*) from {table}"));
    }

    [Fact]
    public async Task Is_found_along_the_indexes_that_are_named_and_so_is_what_is_asked_for()
    {
        await using var station = await Station.Create(output);
        var newest = LongAgo(station);
        await OldRows.Gateway(station, Old, newest);
        var old = newest.AddSeconds(-Old * 0.9).ToUnixTimeMilliseconds();
        foreach (var (table, time) in Tables)
            await Plan.Uses(station, $"delete from {table} where {time} < {old} order by {time} limit {Batch}", $"ix_{table}_time");
        await Plan.Uses(station, $"select id from gateway_open where reported_at < {old} and ended_at is not null order by reported_at limit {Batch}",
            "ix_gateway_open_time");

        const string Id = "unhex(left(sha2('7', 256), 32))", Some = $"({Id}, unhex(left(sha2('8', 256), 32)))";
        await Plan.Uses(station, $"select id from gateway_intake where delivery_id = {Id}", "ix_gateway_intake_delivery");
        await Plan.Uses(station, $"select id, delivery_id from gateway_seen where id in {Some}", "PRIMARY");
        await Plan.Uses(station, $"select id, labels from gateway_open where id in {Some} order by id for update", "PRIMARY");
        await Plan.Uses(station, "select id, integration from gateway_intake where state = 'unread' and tries < 200 order by id limit 100",
            "ix_gateway_intake_state");
        await Plan.Uses(station, "select id from gateway_intake where state = 'replay' order by id limit 100", "ix_gateway_intake_state");
        await Plan.Uses(station,
            "select id, state from gateway_intake where id < 9223372036854775807 and integration = 'i-7' order by id desc limit 51",
            "ix_gateway_intake_integration");
        await Plan.Uses(station, "select id, state from gateway_intake where id > 0 order by id limit 51", "PRIMARY");
        await Plan.Uses(station, "select id, address from gateway_confirmations where due_at <= 1 order by due_at limit 20 for update skip locked",
            "ix_gateway_confirmations_due");
    }

    // Older than anything is kept.
    static DateTimeOffset LongAgo(Station station) => station.Clock.GetUtcNow().AddDays(-100);
}
