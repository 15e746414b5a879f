using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static Sigma.ServiceTests.Simulator.SimulatorSession;
using static Sigma.ServiceTests.Simulator.VendorCall;

namespace Sigma.ServiceTests.Simulator;

public sealed class Twilio_messages
{
    private const string Template = "HX0123456789abcdef0123456789abcdef", Service = "MG0123456789abcdef0123456789abcdef";
    private const string Mobile = "+5511999990000", WhatsApp = $"whatsapp:{Mobile}";

    [Fact]
    public async Task Are_taken_with_201_and_named_by_their_sid()
    {
        await using var sim = await Start();

        using var answer = await sim.Http.SendAsync(Twilio(sim, TwilioForm()));

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var message = Assert.Single(sim.App.Twilio.Messages);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal((message.Sid, "queued", Mobile, "+15005550006", "Excesso de eventos"),
            (Text(body, "sid"), Text(body, "status"), Text(body, "to"), Text(body, "from"), Text(body, "body")));
        Assert.Equal("Fri, 20 Nov 2026 12:00:00 +0000", Text(body, "date_created"));
        Assert.Equal($"{TwilioMessages(sim)}/{message.Sid}.json", Text(body, "uri"));
        Assert.Equal((Mobile, "Excesso de eventos"), (sim.App.Twilio.Inbox.Posts[0].To, sim.App.Twilio.Inbox.Posts[0].Text));
    }

    [Fact]
    public async Task Are_queued_then_sent_then_delivered()
    {
        await using var sim = await Start();
        var sid = await Sid(sim, TwilioForm());

        var queued = await Status(sim, sid);
        sim.Clock.Now = Noon.AddSeconds(1);
        var sent = await Status(sim, sid);
        sim.Clock.Now = Noon.AddSeconds(60);
        var delivered = await Status(sim, sid);

        Assert.Equal(("queued", "sent", "delivered"), (Text(queued, "status"), Text(sent, "status"), Text(delivered, "status")));
        Assert.Equal(JsonValueKind.Null, queued.GetProperty("date_sent").ValueKind);
        Assert.Equal(JsonValueKind.Null, delivered.GetProperty("error_code").ValueKind);
        Assert.Equal("Fri, 20 Nov 2026 12:00:03 +0000", Text(delivered, "date_updated"));
    }

    [Theory]
    [InlineData("undelivered", "sent", 30005)]
    [InlineData("failed", "queued", 30008)]
    public async Task End_badly_at_numbers_where_they_are_told_to(string outcome, string before, int errorCode)
    {
        await using var sim = await Start();
        sim.App.Twilio.Refusals.Set(Mobile, outcome);
        var sid = await Sid(sim, TwilioForm());

        sim.Clock.Now = Noon.AddSeconds(2);
        Assert.Equal(before, Text(await Status(sim, sid), "status"));
        sim.Clock.Now = Noon.AddSeconds(3);
        var final = await Status(sim, sid);

        Assert.Equal((outcome, errorCode), (Text(final, "status"), final.GetProperty("error_code").GetInt32()));
    }

    [Fact]
    public async Task Take_the_status_that_a_test_orders_and_keep_it()
    {
        await using var sim = await Start();
        var sid = await Sid(sim, TwilioForm());

        using var order = await sim.Http.PutAsJsonAsync($"/_sim/twilio/messages/{sid}", new { status = "canceled", errorCode = 30007 });
        using var unknown = await sim.Http.PutAsJsonAsync("/_sim/twilio/messages/SM0", new { status = "canceled" });
        sim.Clock.Now = Noon.AddHours(1);
        var final = await Status(sim, sid);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (order.StatusCode, unknown.StatusCode));
        Assert.Equal(("canceled", 30007), (Text(final, "status"), final.GetProperty("error_code").GetInt32()));
    }

    [Fact]
    public async Task Are_accepted_first_through_a_messaging_service()
    {
        await using var sim = await Start();

        using var answer = await sim.Http.SendAsync(Twilio(sim, Form(("From", null), ("MessagingServiceSid", Service))));

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("accepted", Service), (Text(body, "status"), Text(body, "messaging_service_sid")));
    }

    [Theory]
    [InlineData("To", null, 21604, "A 'To' phone number is required.")]
    [InlineData("To", "11999990000", 21211, "Invalid 'To' Phone Number: 11999990000")]
    [InlineData("To", "+0", 21211, "Invalid 'To' Phone Number: +0")]
    [InlineData("From", null, 21603, "A 'From' phone number is required.")]
    [InlineData("From", "not+a+number", 21212, "Invalid From Number (caller ID): not+a+number")]
    [InlineData("From", "+15005550007", 21606,
        "The 'From' phone number +15005550007 is not a valid, SMS-capable inbound phone number or short code for your account.")]
    [InlineData("From", "whatsapp:+15005550006", 21910, "Invalid From and To pair. From and To should be of the same channel.")]
    [InlineData("To", "whatsapp:+5511999990000", 21910, "Invalid From and To pair. From and To should be of the same channel.")]
    [InlineData("To", "+15005550006", 21266, "'To' and 'From' number cannot be the same.")]
    [InlineData("MessagingServiceSid", "MG1", 21701, "The Messaging Service MG1 does not exist.")]
    [InlineData("Body", null, 21602, "Message body is required.")]
    [InlineData("ContentSid", "HX1", 21655, "The ContentSid is Invalid.")]
    [InlineData("ContentVariables", "[1]", 21656, "The Content Variables parameter is invalid.")]
    [InlineData("StatusCallback", "here", 21609, "The StatusCallback URL here is not a valid URL.")]
    public async Task Are_refused_when_a_field_is_missing_or_wrong(string field, string? value, int code, string message)
    {
        await using var sim = await Start(o => o.Twilio.Numbers = "+15005550006");

        await Refused(sim, Twilio(sim, Form((field, value))), 400, code, message);
    }

    [Fact]
    public async Task Are_refused_when_too_long_or_no_form_at_all()
    {
        await using var sim = await Start();
        using var json = Twilio(sim, []);
        json.Content = JsonContent.Create(TwilioForm());

        await Refused(sim, json, 400, 21604, "A 'To' phone number is required.");
        await Refused(sim, Twilio(sim, Form(("Body", new string('x', 1_601)))), 400, 21617,
            "The concatenated message body exceeds the 1600 character limit.");
        await Sid(sim, Form(("Body", new string('x', 1_600))));
    }

    [Theory]
    [InlineData("unsubscribed", 21610, "Attempt to send to unsubscribed recipient")]
    [InlineData("landline", 21614, "'To' number is not a valid mobile number: +5511999990000")]
    public async Task Are_refused_at_numbers_that_take_none(string reason, int code, string message)
    {
        await using var sim = await Start();
        sim.App.Twilio.Refusals.Set(Mobile, reason);

        await Refused(sim, Twilio(sim, TwilioForm()), 400, code, message);
    }

    [Fact]
    public async Task Need_the_accounts_credentials_and_its_own_address()
    {
        await using var sim = await Start();
        var other = "/2010-04-01/Accounts/AC2/Messages.json";

        await Refused(sim, Twilio(sim, TwilioForm(), token: "wrong"), 401, 20003, "Authenticate");
        await Refused(sim, new HttpRequestMessage(HttpMethod.Post, TwilioMessages(sim) + ".json"), 401, 20003, "Authenticate");
        await Refused(sim, Twilio(sim, TwilioForm(), other), 404, 20404, $"The requested resource {other} was not found");
        await Refused(sim, Twilio(sim, null, $"{TwilioMessages(sim)}/SM0.json"), 404, 20404,
            $"The requested resource {TwilioMessages(sim)}/SM0.json was not found");
    }

    [Fact]
    public async Task Reach_WhatsApp_with_free_text_only_within_a_day_of_an_answer()
    {
        await using var sim = await Start();
        var text = Form(("To", WhatsApp), ("From", "whatsapp:+15005550006"));
        var outside = await Sid(sim, text);
        Assert.Equal(HttpStatusCode.OK, (await sim.Http.PostAsync($"/_sim/twilio/whatsapp/{Mobile}", null)).StatusCode);
        var within = await Sid(sim, text);
        sim.Clock.Now = Noon.AddHours(24);
        var late = await Sid(sim, text);
        sim.Clock.Now = Noon.AddHours(25);

        Assert.Equal(63016, (await Status(sim, outside)).GetProperty("error_code").GetInt32());
        Assert.Equal("delivered", Text(await Status(sim, within), "status"));
        Assert.Equal("undelivered", Text(await Status(sim, late), "status"));
    }

    [Fact]
    public async Task Reach_WhatsApp_at_any_time_as_a_template_that_is_not_too_long()
    {
        await using var sim = await Start();
        var form = Form(("To", WhatsApp), ("From", "whatsapp:+15005550006"), ("Body", null), ("ContentSid", Template),
            ("ContentVariables", """{"1":"Auto Posto"}"""));
        var right = await Sid(sim, form);
        form["ContentVariables"] = $$"""{"1":"{{new string('x', 1_025)}}"}""";
        var tooLong = await Sid(sim, form);
        sim.Clock.Now = Noon.AddSeconds(3);

        Assert.Equal("delivered", Text(await Status(sim, right), "status"));
        Assert.Equal(("failed", 63021),
            (Text(await Status(sim, tooLong), "status"), (await Status(sim, tooLong)).GetProperty("error_code").GetInt32()));
    }

    [Fact]
    public async Task Show_a_person_no_whole_number_and_no_token()
    {
        await using var sim = await Start();
        await Sid(sim, TwilioForm());

        var page = await sim.Segware.GetStringAsync("/");

        Assert.Contains("<td>…0000</td>", page);
        Assert.DoesNotContain(Mobile, page);
        Assert.DoesNotContain(sim.App.Options.Twilio.AuthToken, page);
    }

    private static Dictionary<string, string> Form(params (string Field, string? Value)[] changes)
    {
        var form = TwilioForm();
        foreach (var (field, value) in changes)
        {
            form.Remove(field);
            if (value is not null)
            {
                form[field] = value;
            }
        }

        return form;
    }

    private static async Task<string> Sid(SimulatorSession sim, Dictionary<string, string> form)
    {
        using var answer = await sim.Http.SendAsync(Twilio(sim, form));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return Text(await answer.Content.ReadFromJsonAsync<JsonElement>(), "sid")!;
    }

    private static async Task<JsonElement> Status(SimulatorSession sim, string sid)
    {
        using var answer = await sim.Http.SendAsync(Twilio(sim, null, $"{TwilioMessages(sim)}/{sid}.json"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string? Text(JsonElement body, string field) => body.GetProperty(field).GetString();

    private static async Task Refused(SimulatorSession sim, HttpRequestMessage request, int status, int code, string message)
    {
        using var answer = await sim.Http.SendAsync(request);

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((status, status), ((int)answer.StatusCode, body.GetProperty("status").GetInt32()));
        Assert.Equal((code, message), (body.GetProperty("code").GetInt32(), Text(body, "message")));
        Assert.Equal($"https://www.twilio.com/docs/errors/{code}", Text(body, "more_info"));
        Assert.Empty(sim.App.Twilio.Inbox.Posts);
    }
}
