using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier.Deliveries;
using Sigma.Simulator.Faults;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

/// <summary>The notifier's internal API, as the console asks it.</summary>
public sealed class Notifier_over_HTTP
{
    const string Key = "a key of the tests";

    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task Shows_tests_and_changes_routes_so_that_no_change_is_lost()
    {
        await using var notifier = await StartWithApi();
        using var http = Client(notifier);

        using (var before = await http.GetAsync("routes"))
            Assert.Equal("\"0\"", before.Headers.ETag?.Tag);
        using var put = await Put(http, """{ "Routes": [ { "Name": "mine", "Matchers": ["code=E130"], "Receiver": "default" } ] }""", "\"0\"");
        Assert.Equal((HttpStatusCode.OK, "\"1\""), (put.StatusCode, put.Headers.ETag?.Tag));
        using var late = await Put(http, "{}", "\"0\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        using var wrong = await Put(http, """{ "Routes": [ { "Name": "mine", "Receiver": "nobody" } ] }""", "\"1\"");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal("Routes.0.Receiver is nobody, which is none of the receivers: default", (await Json(wrong)).GetProperty("detail").GetString());

        var shown = await http.GetFromJsonAsync<JsonElement>("routes");
        Assert.Equal((1, "mine"), (shown.GetProperty("revision").GetInt32(),
            shown.GetProperty("made").GetProperty("Routes")[0].GetProperty("Name").GetString()));
        using var tested = await http.PostAsJsonAsync("routes/test", new { labels = new { code = "E130" } });
        Assert.Equal(["mine"], (await Json(tested))[0].GetProperty("paths").EnumerateArray().Select(path => path.GetString()));
        Assert.Equal(HttpStatusCode.OK, (await http.PutAsJsonAsync("routes", new { policy = new { }, by = "Rui" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.PostAsJsonAsync("routes/rollback", new { to = 1, by = "Ana" })).StatusCode);
        Assert.Equal(["rolled back to 1", "changed", "changed"], (await http.GetFromJsonAsync<JsonElement>("routes/history")).EnumerateArray()
            .Select(change => change.GetProperty("change").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("routes/history/9")).StatusCode);
    }

    [Fact]
    public async Task Adds_silences_once_previews_and_ends_them()
    {
        await using var notifier = await StartWithApi(("Notifier:Silences:0:Name", "christmas"), ("Notifier:Silences:0:Matchers:0", "account=9"),
            ("Notifier:Silences:0:Until", "2126-12-26T06:00:00Z"), ("Notifier:Silences:0:Why", "closed"));
        using var http = Client(notifier);
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "whatsapp raised: sent");
        var silence = new
        {
            matchers = (string[])["account=7"], until = TimeProvider.System.GetUtcNow().AddHours(1), by = "Ana", why = "test",
            silenceId = Guid.NewGuid(),
        };

        using (var preview = await http.PostAsJsonAsync("silences/preview", new { silence.matchers }))
            Assert.Equal(_alert, (await Json(preview)).EnumerateArray().Single().GetProperty("alertId").GetGuid());
        for (var time = 0; time < 2; time++)
        {
            using var added = await http.PostAsJsonAsync("silences", silence);
            Assert.Equal(silence.silenceId, (await Json(added)).GetProperty("silenceId").GetGuid());
        }
        var listed = (await http.GetFromJsonAsync<JsonElement>("silences")).GetProperty("silences").EnumerateArray().ToList();
        Assert.Equal(2, listed.Count);
        Assert.Equal("christmas", listed[0].GetProperty("setting").GetString());
        using (var kept = await http.PostAsJsonAsync($"silences/{listed[0].GetProperty("id").GetGuid()}/end", new { by = "Ana" }))
            Assert.Equal(HttpStatusCode.Conflict, kept.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await http.PostAsJsonAsync($"silences/{silence.silenceId}/end", new { by = "Ana" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsJsonAsync($"silences/{silence.silenceId}/end", new { by = "Ana" })).StatusCode);
        using var wrong = await http.PostAsJsonAsync("silences", new { matchers = (string[])["account"], until = silence.until, by = "", why = "" });
        Assert.Equal(3, (await Json(wrong)).GetProperty("faults").GetArrayLength());
    }

    [Fact]
    public async Task Shows_what_is_in_force_where_what_people_made_does_not_fit_the_settings_any_more()
    {
        await using var notifier = await StartWithApi();
        using (var before = Client(notifier))
        using (var put = await Put(before, """
            { "Routes": [ { "Name": "mine", "Receiver": "default" } ],
              "Maintenance": [ { "Name": "made", "Matchers": ["source=probes"], "Hours": ["sun 02:00-06:00"] } ] }
            """, "\"0\""))
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        await notifier.Restart(("Api:Key", Key), ("Notifier:Receivers:0:Name", "station"),
            ("Notifier:Receivers:0:Integrations:0:Name", "group"), ("Notifier:Receivers:0:Integrations:0:Type", "whatsapp"),
            ("Notifier:Receivers:0:Integrations:0:ChatPro:Recipient", NotifierSession.Recipient), ("Notifier:Maintenance:0:Name", "backup"),
            ("Notifier:Maintenance:0:Matchers:0", "source=probes"), ("Notifier:Maintenance:0:Hours:0", "sun 02:00-06:00"));
        using var http = Client(notifier);

        Assert.Equal(["backup"], (await http.GetFromJsonAsync<JsonElement>("silences")).GetProperty("maintenance").EnumerateArray()
            .Select(window => window.GetProperty("name").GetString()));
        Assert.Equal("Routes.0.Receiver is default, which is none of the receivers: station",
            (await http.GetFromJsonAsync<JsonElement>("routes")).GetProperty("faults")[0].GetString());
    }

    [Fact]
    public async Task Shows_what_was_decided_and_ends_or_repeats_deliveries_by_a_persons_word()
    {
        await using var notifier = await StartWithApi(("Notifier:Channels:WhatsApp:WhenUncertain", "AskAPerson"),
            ("ChatPro:Patience:Timeout", "00:00:01"));
        using var http = Client(notifier);
        notifier.Simulator.Faults.Add(new Fault { Path = "*/send_message", Kind = FaultKind.DoneThenHang, Count = 1 });
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "whatsapp raised: uncertain");

        var listed = (await http.GetFromJsonAsync<JsonElement>($"deliveries?state=uncertain&alert={_alert}")).EnumerateArray().Single();
        var id = listed.GetProperty("id").GetGuid();
        Assert.Equal(("whatsapp", "excess"), (listed.GetProperty("channel").GetString(), listed.GetProperty("rule").GetString()));
        Assert.Equal(HttpStatusCode.NoContent,
            (await http.PostAsJsonAsync($"deliveries/{id}/settle", new { by = "Ana", arrived = true })).StatusCode);
        await notifier.Until(_alert, "whatsapp raised: sent");
        using (var again = await http.PostAsJsonAsync($"deliveries/{id}/settle", new { by = "Ana", arrived = true }))
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        using (var retry = await http.PostAsJsonAsync($"deliveries/{id}/retry", new { by = "Ana" }))
            Assert.Equal(HttpStatusCode.Conflict, retry.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsJsonAsync($"deliveries/{Guid.NewGuid()}/give-up", new { by = "Ana" })).StatusCode);
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "whatsapp cleared: sent", "whatsapp raised: sent");

        var telling = await http.GetFromJsonAsync<JsonElement>($"alerts/{_alert}/telling");
        Assert.Equal(["raised", "cleared"], telling.GetProperty("deliveries").EnumerateArray().Select(one => one.GetProperty("kind").GetString()));
        Assert.StartsWith("arrived, says Ana, ", telling.GetProperty("deliveries")[0].GetProperty("reason").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"alerts/{Guid.NewGuid()}/telling")).StatusCode);
    }

    [Fact]
    public async Task Gives_up_what_is_held_and_nobody_is_told_of_its_end()
    {
        await using var notifier = await StartWithApi(("Notifier:Silences:0:Name", "all"), ("Notifier:Silences:0:Matchers:0", "account=7"),
            ("Notifier:Silences:0:Until", "2126-12-26T06:00:00Z"), ("Notifier:Silences:0:Why", "closed"));
        using var http = Client(notifier);
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "whatsapp raised: held");
        var id = DeliveryTable.IdOf(_alert, DeliveryKind.Raised, "whatsapp");

        Assert.Equal(HttpStatusCode.NoContent, (await http.PostAsJsonAsync($"deliveries/{id}/give-up", new { by = "Ana" })).StatusCode);
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "whatsapp cleared: skipped", "whatsapp raised: failed");

        Assert.Empty(notifier.Simulator.Received.Messages);
    }

    [Fact]
    public async Task Sends_a_labelled_test_on_one_integration()
    {
        await using var notifier = await StartWithApi();
        using var http = Client(notifier);
        Assert.Equal(["whatsapp", "segware-alarm-event"], (await http.GetFromJsonAsync<JsonElement>("receivers")).EnumerateArray()
            .Select(found => found.GetProperty("name").GetString()));

        using var tested = await http.PostAsJsonAsync("receivers/whatsapp/test", new { by = "Ana" });
        var result = await Json(tested);

        Assert.Equal("sent", result.GetProperty("state").GetString());
        Assert.NotEmpty(result.GetProperty("receipt").GetString()!);
        Assert.StartsWith("🔧 *Teste do rastreador", Assert.Single(notifier.Simulator.Received.Messages).Message);
        Assert.Equal([0L], await notifier.Query<long>("select count(*) from notifier_deliveries"));
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsJsonAsync("receivers/nobody/test", new { by = "Ana" })).StatusCode);
    }

    static Task<NotifierSession> StartWithApi(params (string Key, string Value)[] settings) =>
        Start([("Api:Key", Key), ("Notifier:Channels:SegwareAlarmEvent:Enabled", "false"), .. settings]);

    static HttpClient Client(NotifierSession notifier) => new()
    {
        BaseAddress = new Uri(notifier.Url, "/internal/notifier/"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Key) },
    };

    static Task<HttpResponseMessage> Put(HttpClient http, string policy, string ifMatch)
    {
        HttpRequestMessage request = new(HttpMethod.Put, "routes")
        {
            Content = new StringContent($$"""{ "policy": {{policy}}, "by": "Ana", "why": "test" }""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return http.SendAsync(request);
    }

    static async Task<JsonElement> Json(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();
}
