using System.Net;
using Sigma.ServiceTests.Gateway.Senders;

namespace Sigma.ServiceTests.Gateway.Beats;

/// <summary>Signs of life as cron jobs send them.</summary>
public sealed class Pings_over_HTTP
{
    [Fact]
    public async Task Takes_every_ping_of_the_payloads()
    {
        await using var gateway = await SenderSession.Start(("Gateway:Integrations:4:Name", "backups"), ("Gateway:Integrations:4:Kind", "beats"),
            ("Gateway:Integrations:4:Key", "fqOOd6-F4MMNuCEnzTU01w"));
        foreach (var request in Payload.Text("healthchecks/pings.http").ReplaceLineEndings("\n").Split("\n\n").Select(text => text.Trim())
            .Where(text => text.Contains(" /ping/", StringComparison.Ordinal)))
        {
            var words = request.Split(' ');
            var body = request.Contains("Content-Length: 21", StringComparison.Ordinal) ? "rsync: error code 23"u8.ToArray() : null;
            using var answer = await gateway.Send(new HttpMethod(words[0]), words[1], body, null);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("10000", answer.Headers.GetValues("Ping-Body-Limit").Single());
            Assert.Equal(words[0] == "HEAD" ? "" : "OK", await answer.Content.ReadAsStringAsync());
        }
        await Await.Until(() => Task.FromResult((gateway.News.Beats.Count, gateway.News.Lines.Count)), seen => seen == (5, 1), "all are published");
        Assert.Equal(
            ["database-backup: fails exit code 137", "our-beats: fails rsync: error code 23", .. Enumerable.Repeat("our-beats: lives", 3)],
            gateway.News.Beats.Select(beat => $"{beat.Labels["check"]}: {(beat.Fails ? $"fails {beat.Text}" : "lives")}")
                .Order(StringComparer.Ordinal));
        var start = Assert.Single(gateway.News.Lines);
        Assert.Equal(("started", "123e4567-e89b-12d3-a456-426614174000", "info"), (start.Text, start.Fields!["rid"], start.Level));
        Assert.All(gateway.News.Beats, beat => Assert.DoesNotContain(SenderSession.Beats, beat.Labels.Values)); // the key is a secret
    }

    [Fact]
    public async Task Takes_many_at_once_each_once_and_what_fails_besides()
    {
        await using var gateway = await SenderSession.Start();
        await Task.WhenAll(Enumerable.Range(0, 300).Select(async number =>
        {
            using var answer = await gateway.Http.GetAsync($"/ping/{SenderSession.Beats}/job-{number % 100}{(number < 100 ? "/fail" : "")}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }));
        await Await.Until(() => Task.FromResult(gateway.News.Beats.Count), count => count >= 300, "all are published");
        Assert.Equal(300, gateway.News.Beats.Count);
        Assert.Equal(100, gateway.News.Beats.Where(beat => beat.Fails).Select(beat => beat.Labels["check"]).Distinct().Count());
        Assert.Equal(100, gateway.News.Beats.Where(beat => !beat.Fails).Select(beat => beat.Labels["check"]).Distinct().Count());
    }

    [Fact]
    public async Task Answers_as_Healthchecks_does()
    {
        await using var gateway = await SenderSession.Start();
        foreach (var (path, expected) in new[]
        {
            ("/ping/11111111-d4c7-4bf5-bcc8-b8d8a82ea278", HttpStatusCode.NotFound), ($"/ping/{SenderSession.Metrics}", HttpStatusCode.NotFound),
            ($"/ping/{SenderSession.Beats}/256", HttpStatusCode.BadRequest), ($"/ping/{SenderSession.Beats}?rid=7", HttpStatusCode.BadRequest),
            ($"/ping/{SenderSession.Beats}/nightly/soon", HttpStatusCode.BadRequest),
            ($"/ping/{SenderSession.Beats}/nightly?create=1", HttpStatusCode.OK),
        })
        {
            using var answer = await gateway.Http.GetAsync(path);
            Assert.True(expected == answer.StatusCode, $"{path}: {answer.StatusCode}");
        }
        await Await.Until(() => Task.FromResult(gateway.News.Beats.Count), count => count == 1, "the right one is published");
    }

    [Fact]
    public async Task Cuts_what_a_job_says_besides()
    {
        await using var gateway = await SenderSession.Start(("Gateway:Beats:LongestText", "20"));
        using var answer = await gateway.Post($"/ping/{SenderSession.Beats}/fail", new string('x', 9_000), null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Await.Until(() => Task.FromResult(gateway.News.Beats.Count), count => count == 1, "it is published");
        Assert.Equal(20, gateway.News.Beats.Single().Text!.Length);
    }
}
