using System.Net;
using System.Text.Json;
using Sigma.Simulator;
using Sigma.Simulator.Segware;
using static Sigma.ServiceTests.Simulator.SimulatorSession;

namespace Sigma.ServiceTests.Simulator;

public sealed class Segware_switches
{
    private static async Task<JsonElement> OnlyEvent(Action<SimulatorOptions> change, string? occurrence = null)
    {
        await using var sim = await Start(change);
        sim.App.Segware.Add(Event(Noon, occurrence: occurrence));
        return Assert.Single(await sim.Events(Noon.AddMinutes(-1), Noon));
    }

    [Fact]
    public async Task Leave_out_the_id_when_there_is_none()
    {
        Assert.Equal(1, (await OnlyEvent(_ => { })).GetProperty("id").GetInt64());
        Assert.False((await OnlyEvent(o => o.Segware.EventId = false)).TryGetProperty("id", out _));
    }

    [Fact]
    public async Task Write_ids_as_strings()
    {
        var e = await OnlyEvent(o => (o.Segware.IdFormat, o.Segware.AccountIdFormat) = (IdFormat.String, IdFormat.String));

        Assert.Equal("1", e.GetProperty("id").GetString());
        Assert.Equal("7", e.GetProperty("accountId").GetString());
    }

    [Fact]
    public async Task Name_the_time_field_otherwise_or_not_at_all()
    {
        Assert.Equal("2026-11-20T12:00:00.000Z", (await OnlyEvent(o => o.Segware.TimeField = "dtEvent")).GetProperty("dtEvent").GetString());
        Assert.DoesNotContain("2026", (await OnlyEvent(o => o.Segware.TimeField = "")).GetRawText());
    }

    [Fact]
    public async Task Write_times_as_epoch_or_with_the_offset_of_Brasilia()
    {
        var epoch = await OnlyEvent(o => o.Segware.TimeFormat = EventTimeFormat.EpochMilliseconds);
        var brasilia = await OnlyEvent(o => o.Segware.TimeFormat = EventTimeFormat.IsoBrasilia);

        Assert.Equal(Noon.ToUnixTimeMilliseconds(), epoch.GetProperty("eventDate").GetInt64());
        Assert.Equal("2026-11-20T09:00:00.000-03:00", brasilia.GetProperty("eventDate").GetString());
    }

    [Fact]
    public async Task Write_the_occurrence_always_never_or_where_there_is_one()
    {
        var always = await OnlyEvent(o => o.Segware.OccurrenceId = OccurrenceIdPresence.NullWhenNone);
        var never = await OnlyEvent(o => o.Segware.OccurrenceId = OccurrenceIdPresence.Never, occurrence: "9");

        Assert.Equal("9", (await OnlyEvent(_ => { }, occurrence: "9")).GetProperty("occurrenceId").GetString());
        Assert.Equal(JsonValueKind.Null, always.GetProperty("occurrenceId").ValueKind);
        Assert.False(never.TryGetProperty("occurrenceId", out _));
    }

    [Fact]
    public async Task Answer_errors_as_pages_but_over_limit_still_as_JSON_and_with_its_own_status()
    {
        await using var sim = await Start(o => (o.EventLimit, o.Segware.ErrorBody, o.Segware.OverLimitStatus) = (1, ErrorBody.Html, 422));
        sim.App.Segware.AddRange([Event(Noon), Event(Noon)]);

        using var missing = await sim.Segware.GetAsync("/v5/accounts/none");
        using var tooMany = await sim.Segware.GetAsync($"/v1/events?{Slice(Noon, Noon)}");

        Assert.Equal("text/html", missing.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooMany.StatusCode);
        Assert.Contains("registers_over_limit", await tooMany.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Refuse_a_wrong_token_and_forbidden_paths()
    {
        await using var sim = await Start(o => o.Segware.ForbiddenPaths = ["/v5/accounts/*"]);
        using var stranger = new HttpClient { BaseAddress = sim.App.Url };

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/v1/companies")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await sim.ChatPro.GetAsync("/v1/companies")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await sim.Segware.GetAsync("/v5/accounts/1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await sim.Segware.GetAsync("/v1/companies")).StatusCode);
    }
}
