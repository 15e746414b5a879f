using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Archive.Samples;

namespace Sigma.ServiceTests.Archive;

/// <summary>What a server answers that samples were handed on to, as Prometheus writes it.</summary>
public sealed class Samples_asked_back
{
    const long Start = 1435781430781, Step = 15_000;

    [Fact]
    public async Task Are_values_in_texts_at_seconds_and_what_is_no_number_is_no_point()
    {
        var answer = Payload.Text("datasource/prometheus-query-range.json");
        await using var server = await Serve(answer);
        var found = Assert.Single(await Ask(server));
        Assert.Equal("up", found.Series.Name);
        Assert.Equal([("instance", "localhost:9090"), ("job", "prometheus")],
            found.Series.Labels.Select(label => (label.Key, label.Value)).Order());
        // A point of theirs is at the end of its step, and ours at its beginning.
        Assert.Equal([(Start - Step, 1.0), (Start, 1.0), (Start + Step, 1.0)], found.Steps.Select(step => (step.At, step.Average)));

        await using var odd = await Serve(Odd(answer));
        Assert.Equal([(Start + Step, 1.0)], Assert.Single(await Ask(odd)).Steps.Select(step => (step.At, step.Average)));
    }

    // The first two of its values.
    static string Odd(string answer)
    {
        var (first, second) = (answer.IndexOf("\"1\"", StringComparison.Ordinal), answer.IndexOf("\"1\"", StringComparison.Ordinal) + 3);
        var odd = answer[..first] + "\"NaN\"" + answer[second..];
        var next = odd.IndexOf("\"1\"", StringComparison.Ordinal);
        return odd[..next] + "\"+Inf\"" + odd[(next + 3)..];
    }

    static async Task<IReadOnlyList<SeriesSteps>> Ask(WebApplication server)
    {
        await using var session = await ArchiveSession.Start(("Archive:Samples:RemoteWrite", $"{server.Urls.First()}/api/v1/write"),
            ("Archive:Samples:Query", server.Urls.First()));
        var found = await session.Services.GetRequiredService<ISampleStore>().Samples(
            new SeriesFilter("up", IsPrefix: false, new Dictionary<string, string>()), new TimeRange(Start - Step, Start + 2 * Step), Step, 10,
            CancellationToken.None);
        Assert.False(found.HasMore);
        return found.Series;
    }

    static async Task<WebApplication> Serve(string answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(http => http.Response.WriteAsync(http.Request.Path.Value switch
        {
            "/api/v1/query_range" => answer,
            "/api/v1/series" => """{"status":"success","data":[{"__name__":"up","job":"prometheus","instance":"localhost:9090"}]}""",
            _ => "{}",
        }));
        await app.StartAsync();
        return app;
    }
}
