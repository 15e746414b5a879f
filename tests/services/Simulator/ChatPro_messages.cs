using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static Sigma.ServiceTests.Simulator.SimulatorSession;

namespace Sigma.ServiceTests.Simulator;

public sealed class ChatPro_messages
{
    private const string Send = "/chatpro-1/api/v1/send_message";
    private const string Group = "120363041234567890@g.us";

    private static object Message(string number, string text = "*Excesso* ⚠️") => new { number, message = text, quoted_message_id = "Q1" };

    [Theory]
    [InlineData(Group)]
    [InlineData("5511999990000-1600000000@g.us")]
    [InlineData("5511999990000")]
    [InlineData("5511999990000@s.whatsapp.net")]
    public async Task Are_taken_with_201_and_kept_untouched(string number)
    {
        await using var sim = await Start();

        using var answer = await sim.ChatPro.PostAsJsonAsync(Send, Message(number));

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var message = Assert.Single(sim.App.Received.Messages);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.True(body.GetProperty("status").GetBoolean());
        Assert.Equal(message.Id, body.GetProperty("resposeMessage").GetProperty("id").GetString());
        Assert.Equal(("chatpro-1", number, "*Excesso* ⚠️", "Q1"), (message.InstanceId, message.Number, message.Message, message.QuotedMessageId));
    }

    [Fact]
    public async Task Are_answered_with_200_by_an_older_version()
    {
        await using var sim = await Start(o => o.ChatPro.SuccessStatus = 200);

        Assert.Equal(HttpStatusCode.OK, (await sim.ChatPro.PostAsJsonAsync(Send, Message(Group))).StatusCode);
    }

    [Theory]
    [InlineData("120363041234567890@g", "Invalid WID value")]
    [InlineData("+55 11 99999", "Invalid WID value")]
    [InlineData("5511000000000", "not on WhatsApp")]
    [InlineData("5511000000001", "not on WhatsApp")]
    [InlineData("", "required")]
    public async Task Are_refused_for_good_when_nobody_can_get_them(string number, string why)
    {
        await using var sim = await Start(o => o.ChatPro.NotOnWhatsApp = ["5511000000000"]);
        sim.App.ChatPro.SetNotOnWhatsApp("5511000000001");

        using var answer = await sim.ChatPro.PostAsJsonAsync(Send, Message(number));

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(400, body.GetProperty("statusCode").GetInt32());
        Assert.Contains(why, body.GetProperty("message").GetString());
        Assert.Empty(sim.App.Received.Messages);
    }

    [Fact]
    public async Task Need_the_raw_token_without_Bearer()
    {
        await using var sim = await Start();
        using var withBearer = new HttpClient { BaseAddress = sim.App.Url };
        withBearer.DefaultRequestHeaders.Add("Authorization", $"Bearer {sim.App.Options.ChatProToken}");

        Assert.Equal(HttpStatusCode.Unauthorized, (await withBearer.PostAsJsonAsync(Send, Message(Group))).StatusCode);
    }

    [Fact]
    public async Task Go_through_one_instance_only_where_one_is_set()
    {
        await using var sim = await Start(o => o.ChatProInstanceId = "chatpro-2");

        Assert.Equal(HttpStatusCode.NotFound, (await sim.ChatPro.PostAsJsonAsync(Send, Message(Group))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await sim.ChatPro.GetAsync("/chatpro-2/api/v1/status")).StatusCode);
    }

    [Fact]
    public async Task Have_a_phone_whose_status_can_be_asked_but_that_nobody_logs_out()
    {
        await using var sim = await Start();
        sim.App.ChatPro.Connected = false;

        var status = await sim.ChatPro.GetFromJsonAsync<JsonElement>("/chatpro-1/api/v1/status");

        Assert.False(status.GetProperty("connected").GetBoolean());
        Assert.Equal(HttpStatusCode.NotFound, (await sim.ChatPro.GetAsync("/chatpro-1/api/v1/remove_session")).StatusCode);
    }
}
