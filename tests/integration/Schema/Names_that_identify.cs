using Dapper;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Schema;

public sealed class Names_that_identify(ITestOutputHelper output)
{
    static readonly string[] Names = ["segware", "Segware", "segware ", "sègware"];

    static readonly Dictionary<string, string> Inserts = new()
    {
        ["fetcher_sources"] = "(source, watermark) values(@name, 0)",
        ["fetcher_slices"] = "(source, slice_from, slice_to, state) values(@name, 0, 1, 'wanted')",
        ["evaluator_parts"] = "(source, slice_from, slice_to, parts, part) values(@name, 0, 1, 1, 1)",
        ["evaluator_coverage"] = "(source, covered_from, covered_to) values(@name, 0, 0)",
        ["notifier_accounts"] = "(account, account_code, company_id, trade_name, refreshed_at) values(@name, @name, 1, '', 0)",
        ["notifier_watermarks"] = "(source, since) values(@name, 0)",
        ["notifier_recipients"] = "(channel, recipient) values(@name, x'00000000000000000000000000000000')",
    };

    public static TheoryData<string> Tables => [.. Inserts.Keys];

    [Theory, MemberData(nameof(Tables))]
    public async Task Are_different_rows_when_case_accent_or_a_space_at_the_end_differs(string table)
    {
        await using var database = await SchemaDatabase.Create();
        await database.Migrate();
        await using var connection = await database.Open().Open(CancellationToken.None);
        foreach (var name in Names)
            await connection.ExecuteAsync($"insert into {table}{Inserts[table]}", new { name });
        Assert.Equal(Names.Length, await connection.ExecuteScalarAsync<int>($"select count(*) from {table}"));
    }

    [Fact]
    public async Task Compare_by_their_bytes_wherever_a_table_has_one()
    {
        await using var database = await SchemaDatabase.Create();
        await database.Migrate();
        Assert.Empty(await database.Lines("""
            select concat(table_name, '.', column_name, ' ', collation_name) from information_schema.columns
            where table_schema = database() and column_name in ('owner', 'source', 'lease_owner', 'rule', 'labels', 'channel', 'kind', 'account',
            'state')
              and collation_name not in ('utf8mb4_0900_bin', 'utf8mb4_nopad_bin')
              and concat(table_name, '.', column_name) not in ('outbox.source', 'evaluator_events.source', 'evaluator_events.labels',
              'sigma_cloud_alarm_events.account', 'fetcher_conditions.labels')
            """));
    }

    [Fact]
    public async Task Are_told_apart_in_tables_that_have_rows_already()
    {
        await using var database = await SchemaDatabase.Create();
        await SchemaDatabase.ApplyScripts(database.Open());
        await using var connection = await database.Open().Open(CancellationToken.None);
        await connection.ExecuteAsync("""
            alter table fetcher_slices modify source varchar(64) not null collate utf8mb4_general_ci;
            delete from sigma_migrations where name = '009-binary-identities'
            """);
        foreach (var name in Names[..1])
            await connection.ExecuteAsync($"insert into fetcher_slices{Inserts["fetcher_slices"]}", new { name });
        await database.Migrate();
        foreach (var name in Names[1..])
            await connection.ExecuteAsync($"insert into fetcher_slices{Inserts["fetcher_slices"]}", new { name });
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from fetcher_slices where source = 'segware'"));
    }

    [Theory]
    [InlineData("SEGWARE")]
    [InlineData("segware ")]
    public async Task Of_sources_cover_each_their_own_time(string other)
    {
        await using var station = await Station.Create(output, tables: false);
        var evaluator = await station.StartEvaluator();
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(10), Burst(20, Noon)));

        await station.Feed(evaluator, Slice(Noon.AddMinutes(10), Noon.AddHours(4), []) with { Source = other });
        Assert.Single(station.Alerts.Raised);
        Assert.Empty(station.Alerts.Cleared);
        await station.Feed(evaluator, Slice(Noon.AddMinutes(10), Noon.AddHours(4), []));
        Assert.Single(station.Alerts.Cleared);
    }
}
