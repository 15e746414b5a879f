using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Outages;

/// <summary>Of a process that is frozen, or whose machine or network is gone, the database hears nothing: neither a commit nor an end.</summary>
public sealed class Locks_of_a_lost_process(ITestOutputHelper output)
{
    [Fact]
    public async Task Are_given_back_after_half_a_minute_of_silence_and_its_work_is_not_committed()
    {
        await using var station = await Station.Create(output, subscribed: false);
        await using var lost = await station.Database.Begin(default);
        await lost.Execute("create table seats (id int primary key, taken int not null)", null, default);
        await lost.Execute("insert into seats values (1, 0)", null, default);
        await lost.Commit(default);
        await lost.Begin(default);
        await lost.Execute("update seats set taken = 1", null, default);
        Assert.Empty(await Free());

        Assert.Equal([0], await Await.Until(Free, seats => seats.Count == 1, "the row is free again"));
        await Assert.ThrowsAnyAsync<Exception>(() => lost.Commit(default));

        async Task<List<int>> Free()
        {
            await using var other = await station.Database.Begin(default);
            return await other.Query<int>("select taken from seats for update skip locked", null, default);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Are_no_reason_to_end_a_connection_that_rests_between_transactions(bool committed)
    {
        await using var station = await Station.Create(output, subscribed: false);
        var session = await station.Database.Begin(default);
        var id = (await session.Query<long>("select connection_id()", null, default))[0];
        if (committed)
            await session.Commit(default);
        await session.DisposeAsync();

        Assert.Equal(1, await station.Count($"select connection_id() = {id} and @@session.wait_timeout = @@global.wait_timeout"));
    }
}
