using System.Net;
using Sigma.IntegrationTests.Stations;
using Sigma.TestServers;

namespace Sigma.IntegrationTests.Tls;

/// <summary>The authority is named to the whole process by SSL_CERT_FILE, or to the driver alone by SslCa.</summary>
public sealed class Database_over_TLS(ITestOutputHelper output)
{
    const string Refused =
        "is refused: its certificate is not signed by an authority that is trusted here, is not made out to the name it was called by, or is "
            + "out of date";

    [Fact]
    public async Task Works_with_its_authority_and_is_refused_without_it_or_under_another_name()
    {
        using Authority authority = new(), other = new("Another authority");
        await using var server = await DatabaseServer.StartPrivate(certificate: authority.ForLocalhostAsFiles());
        await using var station = await Station.Create(output, database: server);
        var plain = station.Settings["Storage:ConnectionString"]!;
        var address = $"mysql://{server.Username}:{server.Password}@localhost:{server.Port}/{DatabaseOf(plain)}?SslMode=VerifyFull";

        var verified = plain.Replace("127.0.0.1", "localhost") + ";SslMode=VerifyFull";

        await Connects(station, verified, ("SSL_CERT_FILE", authority.PemFile));
        await Connects(station, address, ("SSL_CERT_FILE", authority.PemFile));
        await Connects(station, $"{verified};SslCa={authority.PemFile}");

        await Refuses(station, verified, ("SSL_CERT_FILE", other.PemFile));
        await Refuses(station, verified);
        await Refuses(station, $"{verified};SslCa={other.PemFile}");
        await Refuses(station, verified.Replace("localhost", "127.0.0.1"), ("SSL_CERT_FILE", authority.PemFile));
        await Refuses(station, verified.Replace("localhost", "127.0.0.1") + $";SslCa={authority.PemFile}");
    }

    static async Task Connects(Station station, string connectionString, params (string, string)[] environment)
    {
        station.Settings["Storage:ConnectionString"] = connectionString;
        await using var evaluator = RunningService.Start("Evaluator", station.Settings, environment);
        await evaluator.UntilSays(HttpStatusCode.OK, "\"database\":\"ok\"");
        Assert.True(await station.Count("select count(*) from outbox_migrations") > 0);
    }

    static async Task Refuses(Station station, string connectionString, params (string, string)[] environment)
    {
        station.Settings["Storage:ConnectionString"] = connectionString;
        await using var evaluator = RunningService.Start("Evaluator", station.Settings, environment);
        await evaluator.UntilSays(HttpStatusCode.ServiceUnavailable, Refused);
        Assert.Equal(HttpStatusCode.OK, (await evaluator.Health("/health/live"))?.Status);
        Assert.Contains("\nsigma_health_ready{check=\"database\"} 0\n", (await evaluator.Health("/metrics"))?.Body);
        Assert.Contains(Refused, evaluator.Said);
    }

    static string DatabaseOf(string connectionString) =>
        connectionString.Split(';').Select(pair => pair.Split('=')).First(pair => pair[0].Equals("database", StringComparison.OrdinalIgnoreCase))[1];
}
