using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sigma.Evaluator;
using Sigma.Hosting;
using Sigma.IntegrationTests.Stations;
using Sigma.Storage;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Evaluation;

/// <summary>The same without servers: a SQLite file and messages in memory.</summary>
public sealed class Changed_rules_in_one_process(ITestOutputHelper output) : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sigma-rules-");

    [Theory]
    [InlineData("Name", "RULE", "rule-removed", 1)]
    [InlineData("GroupBy", "account", "rule-changed", 1)]
    [InlineData("Threshold", "30", "volume-normal", 0)]
    [InlineData("Exclude:code", "E130", "rule-changed", 0)]
    public async Task An_alert_of_before_ends_and_the_new_rule_counts_what_is_there(string setting, string value, string reason, int raised)
    {
        Dictionary<string, string?> rule = new() { ["Name"] = "rule" };
        await using (var before = await Start(rule))
        {
            await before.Feed(Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(20, Noon)));
            await Await.Until(() => Count(before, "select count(*) from sigma_cloud_events_tracker_triggers where state = 'Raised'"),
                rows => rows == 1, "the alert is raised");
            await before.StopAsync();
        }

        rule[setting] = value;
        await using var after = await Start(rule);

        await Await.Until(() => Count(after, $"select count(*) from outbox where message_type like '%AlertCleared%' and body like '%{reason}%'"),
            rows => rows == 1, "it ends and says why");
        await Await.Until(() => Count(after, "select count(*) from sigma_cloud_events_tracker_triggers where state = 'Raised'"),
            rows => rows == raised, "the rule as it is now has its say");
        Assert.Equal(1 + raised, await Count(after, "select count(*) from outbox where message_type like '%AlertRaised%'"));
        await after.StopAsync();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    async Task<WebApplication> Start(Dictionary<string, string?> rule)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Provider"] = "Sqlite", ["Storage:ConnectionString"] = $"Data Source={Path.Combine(_folder.FullName, "sigma.db")};Pooling=False",
            ["Bus:Transport"] = "InMemory",
        }).AddInMemoryCollection(rule.Select(setting => KeyValuePair.Create($"Evaluator:Rules:0:{setting.Key}", setting.Value)));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(new TestLog(output));
        var clock = new ShiftedClock();
        clock.Advance(Noon.AddMinutes(6) - clock.GetUtcNow());
        builder.Services.AddSingleton<TimeProvider>(clock);
        return await ServiceHost.Start("evaluator", builder, service => service.AddEvaluator(), CancellationToken.None);
    }

    static async Task<long> Count(WebApplication host, string sql)
    {
        await using var connection = await host.Services.GetRequiredService<Database>().Open(CancellationToken.None);
        return await connection.ExecuteScalarAsync<long>(sql);
    }
}
