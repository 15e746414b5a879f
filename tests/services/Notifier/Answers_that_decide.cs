using System.Net;
using System.Text;
using Sigma.Hosting.Http;
using Sigma.Notifier.Deliveries;
using Sigma.Simulator.ChatPro;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Segware;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

/// <summary>What the vendor's own answer says, and neither its status nor its label, decides what became of a message.</summary>
public sealed class Answers_that_decide
{
    const string Send = "*/send_message", Alarm = "/v3/events/alarm", Page = "<html><body>ok</body></html>";
    const string Receipt = """{"message":"Mensagem enviada","resposeMessage":{"id":"3EB0A1","timestamp":1},"status":true}""";

    readonly Guid _alert = Guid.NewGuid();

    [Theory]
    [InlineData(200, """{"status":false,"message":"phone is not connected"}""")]
    [InlineData(201, """{"status":"error","message":"instance expired"}""")]
    [InlineData(200, """{"success":false,"resposeMessage":{"id":""}}""")]
    [InlineData(200, """{"statusCode":400,"message":"Invalid WID value","error":"Bad Request"}""")]
    [InlineData(200, """{"status":0,"message":"fila cheia"}""")]
    [InlineData(202, """[{"error":{"code":7,"text":"no session"}}]""")]
    public async Task A_2xx_that_refuses_is_not_a_delivery_and_is_tried_again(int status, string body)
    {
        await using var notifier = await Start(WhatsAppAlone);
        var refusal = notifier.Simulator.Faults.Add(Fault.Answering(Send, status, body));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => refusal.Hits > 1, "it is not tried again");
        Assert.Contains(body, Assert.Single(await Reasons(notifier)));
        refusal.Dispose();

        await notifier.Until(_alert, "whatsapp raised: sent");
        Assert.Single(notifier.Simulator.Received.Messages);
    }

    [Theory]
    [InlineData(201, Receipt, "text/html")]
    [InlineData(201, """{"status":"true"}""", "text/plain")]
    [InlineData(200, """{"messageId":"ABC"}""", "application/octet-stream")]
    [InlineData(201, "\ufeff\n" + Receipt, "application/xhtml+xml")]
    [InlineData(201, """{"message":"ok","resposeMessage":{"id":"3EB0A1","timest""", "application/json")]
    public async Task A_receipt_is_one_whatever_its_label_and_where_it_breaks_off(int status, string body, string label)
    {
        await using var notifier = await Start(WhatsAppAlone);
        var answer = notifier.Simulator.Faults.Add(Fault.Answering(Send, status, body, label) with { WorkIsDone = true });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "whatsapp raised: sent");

        Assert.Equal(1, answer.Hits);
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(204, null)]
    [InlineData(200, "{}")]
    [InlineData(201, "OK")]
    [InlineData(201, "null")]
    [InlineData(200, """{"message":"received","instance":{"id":"chatpro-1"}}""")]
    [InlineData(201, """{"message":"ok","resposeMessage":{"id":null,"timestamp":0}}""")]
    [InlineData(201, """{"mess""")]
    public async Task What_is_taken_without_a_receipt_is_a_doubt_that_a_person_looks_at(int status, string? body)
    {
        await using var notifier = await Start(WhatsAppAlone);
        using CountedMetrics metrics = new(notifier);
        var answer = notifier.Simulator.Faults.Add(Fault.Answering(Send, status, body) with { WorkIsDone = true, Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "whatsapp raised: uncertain");
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "whatsapp cleared: sent", "whatsapp raised: uncertain");

        Assert.Equal(2, notifier.Simulator.Received.Messages.Count); // one for the raise, one for its end
        Assert.Contains("without the receipt", (await Reasons(notifier))[0]);
        Assert.Equal(1, metrics["sigma.notifier.deliveries.uncertain whatsapp raised asked"]);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("""{"message":"Mensa""", false)]
    [InlineData("""{"message":"ok","resposeMessage":{"id":"3EB0A1","ti""", true)]
    [InlineData("""{"status":true,"mess""", true)]
    public async Task An_answer_that_breaks_off_says_what_it_had_said(string beginning, bool confirmed)
    {
        using HttpResponseMessage response = new(HttpStatusCode.Created)
            { Content = new StreamContent(new BrokenStream(Encoding.UTF8.GetBytes(beginning))) };

        var body = await ResponseBody.Read(response, default);

        Assert.Equal((confirmed, false, false), (body.IsConfirmed, body.IsRefusal, body.IsPage));
    }

    [Fact]
    public async Task A_digest_without_a_receipt_leaves_all_its_alerts_to_a_person()
    {
        await using var storm = await Storm.Start(5);
        await storm.Queue(12);
        storm.Notifier.Simulator.Faults.Add(Fault.Answering(Send, 200) with { WorkIsDone = true, Count = 1 });

        storm.Clock.Advance(TimeSpan.FromMinutes(1));
        await storm.Notifier.Until(async () => await storm.Count("uncertain") == 12, "nobody is asked");

        Assert.Equal(2, storm.Messages.Count);
    }

    [Theory]
    [InlineData(Send)]
    [InlineData(Alarm)]
    public async Task A_page_is_no_receipt_even_when_it_is_labelled_as_JSON(string path)
    {
        await using var notifier = await Start();
        notifier.Simulator.Faults.Add(Fault.Answering(path, 200, "\n  " + Page) with { Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");

        Assert.Single(notifier.Simulator.Received.Messages);
        Assert.Single(notifier.Simulator.Received.AlarmEvents);
    }

    [Theory]
    [InlineData("""{"messageKey":"invalid_event","message":"Evento inválido"}""")]
    [InlineData("""{"errors":["account is locked"]}""")]
    [InlineData("""{"success":false}""")]
    [InlineData("""{"status":500,"error":"Internal Server Error"}""")]
    public async Task A_2xx_of_Segware_that_is_an_error_of_theirs_is_tried_again(string body)
    {
        await using var notifier = await Start(("Notifier:Channels:WhatsApp:Enabled", "false"));
        notifier.Simulator.Faults.Add(Fault.Answering(Alarm, 200, body) with { Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent");

        Assert.Single(notifier.Simulator.Received.AlarmEvents);
    }

    [Theory]
    [InlineData(200, null, "text/html")]
    [InlineData(204, null, "text/html")]
    [InlineData(200, """{"events":1,"errors":[]}""", "text/html")]
    [InlineData(202, "aceito", "text/plain")]
    [InlineData(200, """{"status":true,"messageKey":"event_received"}""", "application/json")]
    public async Task Any_other_2xx_of_Segware_is_sent_once(int status, string? body, string label)
    {
        await using var notifier = await Start(("Notifier:Channels:WhatsApp:Enabled", "false"));
        var answer = notifier.Simulator.Faults.Add(Fault.Answering(Alarm, status, body, label) with { WorkIsDone = true });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent");

        Assert.Equal(1, answer.Hits);
    }

    [Theory]
    [InlineData(301, "https://login.example/entrar?token=abc")]
    [InlineData(302, "/maintenance")]
    [InlineData(303, "/login?next=send_message")]
    [InlineData(307, "https://other.example/chatpro-1/api/v1/send_message")]
    public async Task A_redirect_of_a_message_is_not_followed_and_not_a_delivery(int status, string location)
    {
        await using var notifier = await Start(WhatsAppAlone);
        var redirect = notifier.Simulator.Faults.Add(Fault.Redirecting(Send, status, location));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => redirect.Hits > 1, "it is not tried again");
        var reason = Assert.Single(await Reasons(notifier));
        redirect.Dispose();
        await notifier.Until(_alert, "whatsapp raised: sent");

        Assert.Contains("which is not followed", reason);
        Assert.DoesNotContain("?", reason);
        Assert.All(notifier.Simulator.Received.Calls.Where(c => c.Path.Contains("/api/v1/", StringComparison.Ordinal)),
            c => Assert.Equal("POST", c.Method));
        Assert.Single(notifier.Simulator.Received.Messages);
    }

    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_that_keeps_method_and_host_is_followed_with_token_and_body(int status)
    {
        await using var notifier = await Start();
        notifier.Simulator.Faults.Add(Fault.Redirecting("/chatpro-1/api/v1/send_message", status, "/chatpro-2/api/v1/send_message"));
        notifier.Simulator.Faults.Add(Fault.Redirecting("/v5/accounts/7", 302, "/v5/accounts/8"));
        notifier.Simulator.Segware.Accounts.Add(new Account(8, "0043", 3, 101, "Mudou"));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "segware-alarm-event raised: sent", "whatsapp raised: sent");

        var message = Assert.Single(notifier.Simulator.Received.Messages);
        Assert.Equal("chatpro-2", message.InstanceId);
        Assert.Contains("*0043* Mudou", message.Message);
    }

    [Fact]
    public async Task A_redirect_in_a_circle_ends()
    {
        await using var notifier = await Start(WhatsAppAlone);
        var circle = notifier.Simulator.Faults.Add(Fault.Redirecting(Send, 307, "/chatpro-1/api/v1/send_message") with { Count = 3 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "whatsapp raised: sent");

        Assert.Equal(3, circle.Hits);
    }

    [Theory]
    [InlineData(WhenNotConnected.Refuses)]
    [InlineData(WhenNotConnected.SaysNo)]
    public async Task What_is_refused_while_the_phone_is_not_connected_goes_out_once_when_it_is_again(WhenNotConnected how)
    {
        await using var notifier = await Start(WhatsAppAlone);
        notifier.Simulator.Options.ChatPro.WhenNotConnected = how;
        notifier.Simulator.ChatPro.Connected = false;

        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () =>
            (await Reasons(notifier)).FirstOrDefault()?.Contains("its status says that no phone is connected", StringComparison.Ordinal) == true,
            "it is not postponed");
        Assert.Contains("phone is not connected", (await Reasons(notifier))[0]);
        notifier.Simulator.ChatPro.Connected = true;

        await notifier.Until(_alert, "whatsapp raised: sent");
        Assert.Single(notifier.Simulator.Received.Messages);
    }

    [Fact]
    public async Task A_refusal_is_not_for_good_while_the_status_cannot_be_asked()
    {
        await using var notifier = await Start(WhatsAppAlone);
        notifier.Simulator.ChatPro.SetNotOnWhatsApp(NotifierSession.Recipient);
        var away = notifier.Simulator.Faults.Add(Fault.WithStatus("*/status", 503));

        await notifier.Publish(Raised(_alert));
        await notifier.Until(async () => away.Hits > 1, "it is not tried again");
        Assert.Contains("its status cannot be asked: 503", Assert.Single(await Reasons(notifier)));
        away.Dispose();

        await notifier.Until(_alert, "whatsapp raised: failed");
    }

    [Fact]
    public async Task A_refusal_that_is_over_at_the_second_call_is_no_failure()
    {
        await using var notifier = await Start(WhatsAppAlone);
        notifier.Simulator.Faults.Add(Fault.Answering(Send, 400, """{"statusCode":400,"message":"phone is not connected"}""") with { Count = 1 });

        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "whatsapp raised: sent");

        Assert.Equal([400, 201], notifier.Simulator.Received.Calls.Where(c => c.Path.EndsWith("send_message", StringComparison.Ordinal))
            .Select(c => c.Status));
    }

    [Fact]
    public async Task A_digest_that_is_refused_while_the_phone_is_not_connected_loses_nobody()
    {
        await using var storm = await Storm.Start(5);
        storm.Notifier.Simulator.Options.ChatPro.WhenNotConnected = WhenNotConnected.Refuses;
        await storm.Queue(12);
        storm.Notifier.Simulator.ChatPro.Connected = false;
        storm.Clock.Advance(TimeSpan.FromMinutes(1));
        await storm.Notifier.Until(async () => (await Reasons(storm.Notifier))
            .Exists(r => r.Contains("no phone is connected", StringComparison.Ordinal)), "it is not postponed");
        storm.Notifier.Simulator.ChatPro.Connected = true;

        await storm.UntilSent(13, advance: true);

        Assert.Equal(0, await storm.Count("failed"));
    }

    [Theory]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Accepted)]
    public void A_redirect_or_a_2xx_that_takes_itself_back_is_never_for_good(HttpStatusCode status) =>
        Assert.Equal(FailureKind.Transient, DeliveryFailure.From(new ApiException("no", status)).Kind);

    static (string, string)[] WhatsAppAlone => [("Notifier:Channels:SegwareAlarmEvent:Enabled", "false")];

    static async Task<List<string>> Reasons(NotifierSession notifier) =>
        await notifier.Query<string>("select reason from notifier_deliveries where reason is not null order by kind desc");

    sealed class BrokenStream(byte[] part) : MemoryStream(part)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct = default) =>
            await base.ReadAsync(buffer, ct) is > 0 and var read ? read : throw new HttpIOException(HttpRequestError.ResponseEnded);
    }
}
