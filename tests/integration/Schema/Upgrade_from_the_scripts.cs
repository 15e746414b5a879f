using Sigma.IntegrationTests.Pipeline;
using Sigma.IntegrationTests.Stations;
using Sigma.Storage;

namespace Sigma.IntegrationTests.Schema;

public sealed class Upgrade_from_the_scripts(ITestOutputHelper output)
{
    [Fact]
    public async Task Sends_what_waited_once_and_clears_what_was_raised_once()
    {
        await using var station = await Station.Create(output, tables: false);
        await InstallationBefore.Make(station.Database, station.Clock.GetUtcNow(), station.Broker);
        var before = await InstallationBefore.Rows(station.Database);
        await SchemaDatabase.Migrate(station.Database);
        Assert.Equal(before, await InstallationBefore.Rows(station.Database));

        var simulator = await station.StartSimulator();
        await Task.WhenAll(station.StartEvaluator(), station.StartNotifier());
        var fetcher = await station.StartFetcher();
        await Await.Until(() => Task.FromResult(simulator.Received.Messages.Count), messages => messages >= 1, "the message that waited is sent");
        await station.Poll(fetcher);
        Assert.Single(simulator.Received.Messages);
        Assert.Equal(0, await station.Count("select count(*) from notifier_deliveries where state <> 'sent'"));
        Assert.Empty(station.Alerts.Raised);

        station.Clock.Advance(TimeSpan.FromMinutes(135));
        await station.Poll(fetcher);
        Assert.Equal(new Guid("01A22790-C7E0-74CA-B7F5-7209B4C32CF8"), Assert.Single(station.Alerts.Cleared).AlertId);
        Assert.Empty(station.Alerts.Raised);
        Assert.Equal(2, simulator.Received.Messages.Count);
        Assert.Equal(0, await station.Count("select count(*) from sigma_cloud_events_tracker_triggers"));
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task Keeps_every_row_of_a_file()
    {
        var folder = Directory.CreateTempSubdirectory("sigma-upgrade-");
        try
        {
            var database = new Database(Dialects.Of(StorageProvider.Sqlite),
                $"Data Source={Path.Combine(folder.FullName, "sigma.db")};Pooling=False");
            await InstallationBefore.Make(database, TimeProvider.System.GetUtcNow(), new Uri("rabbitmq://localhost/sigma"));
            var before = await InstallationBefore.Rows(database);
            Assert.Contains(before, row => row.StartsWith("outbox ", StringComparison.Ordinal));

            await SchemaDatabase.Migrate(database);

            Assert.Equal(before, await InstallationBefore.Rows(database));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
