using Dapper;
using Sigma.IntegrationTests.Pipeline;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Schema;

public sealed class On_top_of_the_former_tracker(ITestOutputHelper output)
{
    const string Script = "existing-installation.sql";

    [Fact]
    public async Task Its_rows_are_still_there_with_the_same_values()
    {
        await using var database = await SchemaDatabase.Create(Script);
        var before = await Rows(database);
        Assert.Equal(8, before.Count);

        await database.Migrate();

        Assert.Equal(before, await Rows(database));
    }

    [Fact]
    public async Task Its_reports_and_its_inserts_still_work()
    {
        await using var database = await SchemaDatabase.Create(Script);
        await database.Migrate();

        await using (var connection = await database.Open().Open(CancellationToken.None))
            await connection.ExecuteAsync(FormerTables.FormerInserts);

        Assert.Equal(12, (await Rows(database)).Count);
        Assert.Equal(["Comércio 2 57", " 2 43"], await database.Lines(
            "select concat(client_group_name, ' ', count(*), ' ', sum(quantity)) from sigma_cloud_events_tracker_registers group by "
                + "client_group_name order by sum(quantity) desc"));
        Assert.Equal(["00099", "01388"],
            await database.Lines("select account from sigma_cloud_alarm_events where status = 'failed' order by account"));
    }

    [Fact]
    public async Task The_services_work_and_its_reports_show_what_they_do()
    {
        await using var station = await Station.Create(output, tables: false);
        await SchemaDatabase.Import(station.Database, Script);
        var before = await Rows(station);

        var (simulator, fetcher) = await station.StartAll();
        // A key the former program holds for raised: its row must not keep ours from being raised.
        simulator.Segware.AddBurst(4711, "ALR", "E130", 25, station.Clock.GetUtcNow().AddMinutes(-10), TimeSpan.FromSeconds(5));
        await station.Poll(fetcher);

        Assert.Single(station.Alerts.Raised);
        Assert.Single(simulator.Received.Messages);
        await using (var connection = await station.Database.Open(CancellationToken.None))
        {
            await connection.ExecuteAsync(FormerTables.FormerInserts); // it still runs beside ours
            Assert.Equal(25,
                await connection.QuerySingleAsync<int>(
                    "select quantity from sigma_cloud_events_tracker_registers where cuc = 'ALR' and code = 'E130' and quantity = 25"));
            Assert.Equal(2,
                await connection.QuerySingleAsync<int>("select count(*) from sigma_cloud_events_tracker_triggers where account_id = 4711"));
            Assert.Equal(2, await connection.QuerySingleAsync<int>("select count(*) from sigma_cloud_alarm_events where status = 'sent'"));
        }

        station.Clock.Advance(TimeSpan.FromMinutes(125));
        await station.Poll(fetcher);

        Assert.Single(station.Alerts.Cleared);
        Assert.Equal(1, await station.Count("select count(*) from sigma_cloud_events_tracker_triggers where account_id = 4711"));
        var after = await Rows(station);
        // the window moves, that is its purpose
        Assert.Empty(before.Where(row => !row.StartsWith(FormerTables.Window, StringComparison.Ordinal)).Except(after));
        Assert.Empty(station.Traffic.Faults);
    }

    static async Task<IReadOnlyList<string>> Rows(SchemaDatabase database)
    {
        List<string> rows = [];
        foreach (var table in FormerTables.All)
            rows.AddRange((await database.Lines(FormerTables.Report(table))).Select(row => $"{table} {row}"));
        return rows;
    }

    static async Task<IReadOnlyList<string>> Rows(Station station)
    {
        await using var connection = await station.Database.Open(CancellationToken.None);
        List<string> rows = [];
        foreach (var table in FormerTables.All)
            rows.AddRange((await connection.QueryAsync<string>(FormerTables.Report(table))).Select(row => $"{table} {row}"));
        return rows;
    }
}
