using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Fetcher;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Pipeline;
using Sigma.IntegrationTests.Stations;
using Sigma.Notifier;

namespace Sigma.IntegrationTests.Tls;

public sealed class Apis_over_TLS(ITestOutputHelper output)
{
    [Fact]
    public async Task Are_asked_where_the_authority_is_known()
    {
        using Authority authority = new();
        await using var station = await Station.Create(output);
        var simulator = await station.StartSimulator();
        await using TlsFront front = new(authority.ForLocalhost(), simulator.Url.Port);
        Over(station, front, "localhost", authority.PemFile);
        await station.StartEvaluator();
        var notifier = await station.StartNotifier();
        var fetcher = await station.StartFetcher();

        await notifier.Feed(Alert());

        await Await.Until(() => Task.FromResult(simulator.Received.Messages.Count), messages => messages == 1, "the message is on WhatsApp");
        await station.Published(fetcher, 1, "slices are published");
        Assert.True(front.Handshakes > 0);
    }

    [Theory]
    [InlineData("localhost", false, "its certificate is not signed by an authority that is trusted here")]
    [InlineData("127.0.0.1", true, "its certificate is not made out to 127.0.0.1")]
    public async Task Are_not_asked_and_health_says_why(string host, bool known, string words)
    {
        using Authority authority = new();
        await using var station = await Station.Create(output);
        var simulator = await station.StartSimulator();
        await using TlsFront front = new(authority.ForLocalhost(), simulator.Url.Port);
        Over(station, front, host, known ? authority.PemFile : "");
        await station.StartEvaluator();
        await using var fetcher = await station.StartUnready("fetcher", s => s.AddFetcher(), output);
        await using var notifier = await station.StartUnready("notifier", s => s.AddNotifier(), output);

        await Await.Until(() => station.Health(notifier), health => health.Status == System.Net.HttpStatusCode.OK, "the notifier listens");
        await station.UntilUnready(fetcher, $"Segware: {host} is refused: {words}");
        await notifier.Feed(Alert());
        await station.UntilUnready(notifier, $"ChatPro: {host} is refused: {words}");

        Assert.Equal(0, front.Handshakes);
        Assert.Empty(simulator.Received.Messages);
        // It never left, so it is tried again and does not count as uncertain.
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state = 'pending' and reason like '%is refused%'"),
            waiting => waiting > 0, "the delivery waits");
        await fetcher.StopAsync();
        await notifier.StopAsync();
    }

    static AlertRaised Alert() => new()
    {
        AlertId = Guid.NewGuid(), Rule = "excess-of-events", Severity = "warning", Source = "segware", Count = 25, Threshold = 20,
        Labels = new Dictionary<string, string> { ["account"] = "300000", ["cuc"] = "ALR", ["code"] = "E130" },
        WindowFrom = TimeProvider.System.GetUtcNow().AddHours(-2), WindowTo = TimeProvider.System.GetUtcNow(),
        FirstEventAt = TimeProvider.System.GetUtcNow(), LastEventAt = TimeProvider.System.GetUtcNow(),
        RaisedAt = TimeProvider.System.GetUtcNow(),
    };

    static void Over(Station station, TlsFront front, string host, string authorityFile)
    {
        foreach (var api in (string[])["Segware", "ChatPro"])
        {
            station.Settings[$"{api}:BaseUrl"] = $"https://{host}:{front.Port}";
            station.Settings[$"{api}:CaFile"] = authorityFile;
        }
    }
}
