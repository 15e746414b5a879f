using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Sigma.ServiceTests.Simulator.SimulatorSession;
using static Sigma.ServiceTests.Simulator.VendorCall;

namespace Sigma.ServiceTests.Simulator;

public sealed class Teams_messages
{
    [Fact]
    public async Task Are_taken_with_202_and_no_body()
    {
        await using var sim = await Start();
        var card = TeamsCard();
        Content(card)["body"]!.AsArray().Add(JsonNode.Parse("""{"type":"FactSet","facts":[{"title":"Conta","value":"0042"}]}"""));
        Content(card)["actions"] = JsonNode.Parse("""[{"type":"Action.OpenUrl","title":"Ver","url":"https://example.org/a"}]""");

        using var answer = await sim.Http.PostAsJsonAsync(TeamsWorkflow(sim), card);

        var post = Assert.Single(sim.App.Teams.Inbox.Posts);
        Assert.Equal((HttpStatusCode.Accepted, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal(("wf-1", "Excesso de eventos\nConta 0042"), (post.To, post.Text));
    }

    public static TheoryData<string, string?, string> Wrong => new()
    {
        { "type", "\"MessageCard\"", "Property 'type' must be 'message'." },
        { "attachments", "[]", "Required properties are missing from object: attachments." },
        { "attachments", "[{\"contentType\":\"text/plain\"}]", "Property 'contentType' must be 'application/vnd.microsoft.card.adaptive'." },
        { "content", null, "Required properties are missing from object: content." },
        { "content.type", "\"Card\"", "Property 'content.type' must be 'AdaptiveCard'." },
        { "content.version", null, "Property 'content.version' must be between '1.0' and '1.5'." },
        { "content.version", "\"9.0\"", "Property 'content.version' must be between '1.0' and '1.5'." },
        { "content.body", "[]", "Required properties are missing from object: body." },
        { "content.body", "[{\"text\":\"a\"}]", "Required properties are missing from object: type." },
        { "content.body", "[{\"type\":\"TextBlock\"}]", "Required properties are missing from object: text." },
        { "content.body", "[{\"type\":\"Marquee\"}]", "Element type 'Marquee' is unknown." },
        { "content.body", "[{\"type\":\"Container\",\"items\":[{\"type\":\"Image\"}]}]", "Required properties are missing from object: url." },
        { "content.body", "[{\"type\":\"FactSet\",\"facts\":[{\"title\":\"a\"}]}]",
            "Property 'facts' must be an array of objects with 'title' and 'value'." },
        { "content.actions", "[{\"type\":\"Action.OpenUrl\",\"url\":\"here\"}]",
            "Property 'actions' must hold actions only, each link with its url." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Are_refused_with_a_card_that_could_not_be_shown(string field, string? value, string why)
    {
        await using var sim = await Start();
        var card = TeamsCard();
        var holder = field.StartsWith("content.", StringComparison.Ordinal) ? Content(card) : field == "content" ? Attachment(card) : card;
        holder[field.Split('.')[^1]] = value is null ? null : JsonNode.Parse(value);

        using var answer = await sim.Http.PostAsJsonAsync(TeamsWorkflow(sim), card);

        await Refused(sim, answer, HttpStatusCode.BadRequest, "TriggerInputSchemaMismatch",
            $"The input body for trigger 'manual' of type 'Request' did not match its schema definition. Error details: '{why}'.");
    }

    [Fact]
    public async Task Are_refused_when_unreadable_or_too_large()
    {
        await using var sim = await Start();

        await Refused(sim, await sim.Http.PostAsync(TeamsWorkflow(sim), new StringContent("<xml/>")),
            HttpStatusCode.BadRequest, "InvalidRequestContent", "The request content is not valid and could not be deserialized.");
        await Refused(sim, await sim.Http.PostAsJsonAsync(TeamsWorkflow(sim), TeamsCard(new string('x', 28 * 1024))),
            HttpStatusCode.RequestEntityTooLarge, "RequestEntityTooLarge", "The request content exceeds 28672 bytes.");
    }

    [Fact]
    public async Task Need_the_signature_of_the_address_which_shows_nowhere()
    {
        await using var sim = await Start();
        var workflow = TeamsWorkflow(sim);

        await Refused(sim, await sim.Http.PostAsJsonAsync(workflow.Split('?')[0], TeamsCard()), HttpStatusCode.Unauthorized,
            "DirectApiAuthorizationRequired", "The request must be authenticated only by Shared Access scheme.");
        await Refused(sim, await sim.Http.PostAsJsonAsync(workflow + "x", TeamsCard()), HttpStatusCode.Unauthorized,
            "AuthorizationFailed", "The authentication credentials are not valid.");
        await sim.Http.PostAsJsonAsync(workflow, TeamsCard());

        Assert.DoesNotContain(sim.App.Options.Teams.Signature, await sim.Segware.GetStringAsync("/"));
        Assert.DoesNotContain(sim.App.Options.Teams.Signature, await sim.Segware.GetStringAsync("/_sim/vendors/teams"));
    }

    [Fact]
    public async Task Are_refused_by_a_workflow_that_is_disabled_or_gone()
    {
        await using var sim = await Start();
        sim.App.Teams.Refusals.Set("wf-1", "disabled");
        sim.App.Teams.Refusals.Set("wf-2", "not_found");

        await Refused(sim, await sim.Http.PostAsJsonAsync(TeamsWorkflow(sim), TeamsCard()), HttpStatusCode.BadRequest,
            "WorkflowTriggerIsNotEnabled", "Could not execute workflow 'wf-1' trigger 'manual' with state 'Disabled': trigger is not enabled.");
        await Refused(sim, await sim.Http.PostAsJsonAsync(TeamsWorkflow(sim, "wf-2"), TeamsCard()), HttpStatusCode.NotFound,
            "WorkflowNotFound", "The workflow 'wf-2' could not be found.");
    }

    [Fact]
    public async Task Wait_beyond_four_a_second()
    {
        await using var sim = await Start();
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await sim.Http.PostAsJsonAsync(TeamsWorkflow(sim), TeamsCard())).StatusCode);
        }

        using var refused = await sim.Http.PostAsJsonAsync(TeamsWorkflow(sim), TeamsCard());
        using var other = await sim.Http.PostAsJsonAsync(TeamsWorkflow(sim, "wf-2"), TeamsCard());
        sim.Clock.Now = Noon.AddSeconds(1);
        using var later = await sim.Http.PostAsJsonAsync(TeamsWorkflow(sim), TeamsCard());

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        Assert.Contains("Rate limit is exceeded. Try again in 1 seconds.", await refused.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (other.StatusCode, later.StatusCode));
    }

    private static JsonObject Attachment(JsonObject card) => card["attachments"]![0]!.AsObject();

    private static JsonObject Content(JsonObject card) => Attachment(card)["content"]!.AsObject();

    private static async Task Refused(SimulatorSession sim, HttpResponseMessage answer, HttpStatusCode status, string code, string message)
    {
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");

        Assert.Equal((status, code, message), (answer.StatusCode, error.GetProperty("code").GetString(), error.GetProperty("message").GetString()));
        Assert.Empty(sim.App.Teams.Inbox.Posts);
    }
}
