using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sigma.Contracts;
using Sigma.Hosting;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;
using Sigma.Simulator;
using Sigma.Standalone;
using Sigma.Storage;

namespace Sigma.IntegrationTests.Drills;

public sealed class In_one_process(ITestOutputHelper output)
{
    [Fact]
    public async Task A_drill_needs_no_broker_and_no_database_server()
    {
        var folder = Directory.CreateTempSubdirectory("sigma-drill-");
        var clock = new ShiftedClock();
        await using var simulator = await SimulatorApp.Start(null, clock);
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        var file = Path.Combine(folder.FullName, "sigma.db");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Provider"] = "Sqlite", ["Storage:ConnectionString"] = $"Data Source={file};Pooling=False", ["Bus:Transport"] = "InMemory",
            ["Segware:BaseUrl"] = simulator.Url.ToString(), ["Segware:BearerToken"] = simulator.Options.Token,
            ["ChatPro:BaseUrl"] = simulator.Url.ToString(), ["ChatPro:InstanceId"] = "instance", ["ChatPro:Recipient"] = "120363000000000000@g.us",
            ["ChatPro:Token"] = simulator.Options.ChatProToken,
            ["Fetcher:PollInterval"] = "1.00:00:00",
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(clock);
        await using var host = await ServiceHost.Start("standalone", builder, service =>
        {
            Installation.Compose(service);
            service.Services.AddLogging(logging => logging.ClearProviders().AddProvider(new TestLog(output)));
        }, CancellationToken.None);
        using var shell = new Shell([]);

        var drill = shell.Sigma("drill", "--data", file);
        await Await.Until(() => Task.FromResult(simulator.Received.Messages.Count), messages => messages == 1, "its raise is told");
        clock.Advance(Drill.Window);
        var (exitCode, told, error) = await drill;

        Assert.True(exitCode == 0, told + error);
        Assert.Matches(@"pass +[\d.]+ s +whatsapp: its end told, receipt ", told);
        Assert.Matches(@"skip +[\d.]+ s +segware-alarm-event: set Notifier__Drill__SegwareAccountId", told);
        await using (var connection = await host.Services.GetRequiredService<Database>().Open(CancellationToken.None))
            Assert.Equal(0, await Dapper.SqlMapper.ExecuteScalarAsync<long>(connection, """
                select (select count(*) from sigma_cloud_events_tracker_registers) + (select count(*) from sigma_cloud_alarm_events)
                  + (select count(*) from sigma_cloud_events_tracker_triggers)
                """));
        await host.StopAsync();
        folder.Delete(recursive: true);
    }
}
