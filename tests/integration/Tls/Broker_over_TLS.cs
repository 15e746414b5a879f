using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Sigma.Evaluator;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Tls;

public sealed class Broker_over_TLS(ITestOutputHelper output)
{
    [Fact]
    public async Task Works_where_the_authority_is_known_and_alerts_go_through_it()
    {
        using Authority authority = new();
        await using var station = await Station.Create(output);
        await using TlsFront front = new(authority.ForLocalhost(), (await Servers.Broker).Port);
        Over(station, front, authority.PemFile);

        var evaluator = await station.StartEvaluator();
        await evaluator.Feed(Slice(Noon, Noon.AddMinutes(1), Burst(20, Noon)));

        await station.Alerts.UntilRaised(1);
        Assert.True(front.Handshakes > 0);
    }

    [Fact]
    public async Task Takes_a_certificate_that_is_made_out_to_another_name_where_a_setting_names_it()
    {
        using Authority authority = new();
        await using var station = await Station.Create(output);
        await using TlsFront front = new(authority.ForLocalhost(), (await Servers.Broker).Port);
        Over(station, front, authority.PemFile, host: "127.0.0.1");
        station.Settings["RabbitMq:TlsServerName"] = "localhost";

        await station.StartEvaluator();
    }

    [Fact]
    public async Task Is_refused_where_the_authority_is_not_known()
    {
        using Authority authority = new(), other = new("Another authority");
        await using var station = await Station.Create(output);
        await using TlsFront front = new(authority.ForLocalhost(), (await Servers.Broker).Port);

        foreach (var known in (string[])["", other.PemFile])
        {
            Over(station, front, known);
            await using var evaluator = await station.StartUnready("evaluator", s => s.AddEvaluator(), output);
            await station.UntilUnready(evaluator,
                "the broker localhost is refused: its certificate is not signed by an authority that is trusted here");
            await evaluator.StopAsync();
        }
        Assert.Equal(0, front.Handshakes);
    }

    [Fact]
    public async Task Is_refused_where_the_certificate_is_made_out_to_another_name()
    {
        using Authority authority = new();
        await using var station = await Station.Create(output);
        await using TlsFront front = new(authority.ForLocalhost(), (await Servers.Broker).Port);
        Over(station, front, authority.PemFile, host: "127.0.0.1");

        await using var evaluator = await station.StartUnready("evaluator", s => s.AddEvaluator(), output);

        await station.UntilUnready(evaluator, "the broker 127.0.0.1 is refused: its certificate is not made out to 127.0.0.1");
        Assert.Equal(0, front.Handshakes);
        await evaluator.StopAsync();
    }

    [Fact]
    public async Task Is_refused_where_the_certificate_is_out_of_date()
    {
        using Authority authority = new();
        await using var station = await Station.Create(output);
        await using TlsFront front = new(authority.ForLocalhost(until: TimeProvider.System.GetUtcNow().AddHours(-1)), (await Servers.Broker).Port);
        Over(station, front, authority.PemFile);

        await using var evaluator = await station.StartUnready("evaluator", s => s.AddEvaluator(), output);

        await station.UntilUnready(evaluator, "the broker localhost is refused: its certificate is good from");
        Assert.Equal(0, front.Handshakes);
        await evaluator.StopAsync();
    }

    static void Over(Station station, TlsFront front, string authorityFile, string host = "localhost")
    {
        station.Settings["RabbitMq:Host"] = host;
        station.Settings["RabbitMq:Port"] = front.Port.ToString(CultureInfo.InvariantCulture);
        station.Settings["RabbitMq:Tls"] = "true";
        station.Settings["RabbitMq:TlsCaFile"] = authorityFile;
    }
}
