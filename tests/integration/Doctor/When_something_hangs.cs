using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sigma.IntegrationTests.Stations;
using Sigma.Simulator.Faults;

namespace Sigma.IntegrationTests.Doctor;

/// <summary>Apart from the others, which need not wait for it.</summary>
public sealed class When_something_hangs(ITestOutputHelper output)
{
    [Fact]
    public async Task What_hangs_or_is_away_keeps_nothing_else_from_being_looked_at()
    {
        await using var station = await Station.Create(output, subscribed: false);
        var simulator = await station.StartSimulator();
        simulator.Faults.Add(new Fault { Path = "/v1/events", Kind = FaultKind.Hang });
        using TcpListener silent = new(IPAddress.Loopback, 0); // it takes connections, and never says a word
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        station.Settings["Storage:ConnectionString"] = $"server=127.0.0.1;port={port};uid=sigma;pwd=top-secret;database=storage";
        station.Settings["RabbitMq:Port"] = port.ToString(CultureInfo.InvariantCulture);
        await Diagnosis.Says(station.Settings, seen =>
        {
            seen.IsWrong("broker", "");
            seen.IsWrong("queues", "not looked at");
            seen.IsWrong("database", "");
            seen.IsWrong("segware", "no answer within 5 s");
            seen.IsWell("chatpro");
        });

        station.Settings["RabbitMq:Port"] = "1";
        station.Settings["Storage:ConnectionString"] = "server=127.0.0.1;port=1;uid=sigma;pwd=top-secret;database=storage";
        station.Settings["Segware:BaseUrl"] = "http://127.0.0.1:1";
        await Diagnosis.Says(station.Settings, seen =>
        {
            seen.IsWrong("broker", "does not answer");
            seen.IsWrong("database", "does not answer");
            seen.IsWrong("segware", "refused", "reach Segware__BaseUrl");
            seen.IsWell("chatpro");
            Assert.DoesNotContain(seen.Lines, line => line.GetRawText().Contains("top-secret"));
        });
    }
}
