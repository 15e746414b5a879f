using System.Diagnostics;
using System.Net;
using Sigma.IntegrationTests.Stations;
using Sigma.TestServers;
using Sigma.TestServers.Processes;

namespace Sigma.IntegrationTests.Outages;

/// <summary>Servers that neither answer nor go away: what was asked of them never ends by itself.</summary>
public sealed class Servers_that_hang(ITestOutputHelper output)
{
    [Fact]
    public async Task Do_not_keep_a_process_that_is_asked_to_stop()
    {
        await using var broker = await RabbitMqServer.StartPrivate();
        await using var database = await DatabaseServer.StartPrivate();
        await using var station = await Station.Create(output, broker, database);
        await using var evaluator = RunningService.Start("Evaluator", station.Settings);
        await evaluator.UntilSays(HttpStatusCode.OK, "ok");
        Signals.Freeze(database.ProcessId);
        Signals.Freeze(broker.ProcessId);
        try
        {
            await evaluator.UntilSays(HttpStatusCode.ServiceUnavailable, "database");
            var asked = Stopwatch.GetTimestamp();
            Assert.Equal(0, await evaluator.Stop());
            Assert.InRange(Stopwatch.GetElapsedTime(asked).TotalSeconds, 0, 12);
        }
        finally
        {
            Signals.Thaw(broker.ProcessId);
            Signals.Thaw(database.ProcessId);
        }
    }
}
