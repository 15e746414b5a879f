using MassTransit;
using Sigma.Contracts;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Archive;

/// <summary>Two archives on one folder, behind a real broker, killed in turn while lines come.</summary>
public sealed class Lines_through_kills(ITestOutputHelper output)
{
    const int Batches = 240, Lines = 50, Kills = 4;

    [Fact]
    public async Task None_is_lost_and_none_is_kept_twice()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("the processes are killed");
        var folder = Directory.CreateTempSubdirectory("sigma-kills-");
        var archives = new ArchiveProcess[2];
        try
        {
            archives[0] = Start(0);
            await archives[0].Ready();
            archives[1] = Start(1);
            var bus = Bus.Factory.CreateUsingRabbitMq(configure => configure.Host(station.Broker));
            await bus.StartAsync();
            var began = TimeProvider.System.GetUtcNow().AddMinutes(-1);
            var published = 0;
            var publishing = Task.Run(async () =>
            {
                for (var batch = 0; batch < Batches; batch++, published = batch)
                {
                    await bus.Publish(Batch(batch));
                    await Task.Delay(10);
                }
            });
            for (var kill = 0; kill < Kills; kill++)
            {
                var wanted = (kill + 1) * Batches / (Kills + 1);
                await Await.Until(() => Task.FromResult(published), count => count >= wanted, $"{wanted} batches are published");
                var active = kill % 2;
                await archives[active].Service.Kill(CancellationToken.None);
                await archives[active].DisposeAsync();
                await archives[1 - active].Ready(); // it stood by
                archives[active] = Start(active);
            }
            await publishing;
            await bus.StopAsync();

            await Await.Until(() => archives[0].Count(began), total => total >= Batches * Lines, "all lines are stored");
            var texts = await archives[0].Texts(began);
            Assert.Equal(Batches * Lines, texts.Count);
            Assert.Equal(Batches * Lines, texts.Distinct().Count());
            Assert.Contains("another archive has", await Await.Until(archives[1].Readiness, said => said.Length > 0, "the other one answers"));
        }
        finally
        {
            foreach (var archive in archives.OfType<ArchiveProcess>())
                await archive.DisposeAsync();
            folder.Delete(recursive: true);
        }

        ArchiveProcess Start(int number) => ArchiveProcess.Start(station, $"archive-{number}", Path.Combine(folder.FullName, "archive"),
            folder.FullName);
    }

    static LogBatch Batch(int number)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new LogBatch
        {
            BatchId = Guid.NewGuid(), Source = "tests", Lines = [.. Enumerable.Range(0, Lines).Select(line => new LogLine
            {
                At = now, Text = $"batch {number} line {line}", Level = line % 5 == 0 ? "high" : "info",
                Labels = new Dictionary<string, string> { ["host"] = $"web-{number % 7}" },
            })],
        };
    }
}
