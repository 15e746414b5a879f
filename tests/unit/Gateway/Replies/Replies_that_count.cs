using System.Security.Cryptography;
using System.Text;
using Sigma.Gateway.Replies;

namespace Sigma.UnitTests.Gateway.Replies;

public class Replies_that_count
{
    static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    static readonly Guid Alert = Guid.Parse("0193a5b0-0000-7000-8000-000000000001");

    static byte[] OfPagerDuty(string at = "2026-11-30T11:59:00Z", string kind = "incident.acknowledged", string? key = null) =>
        Encoding.UTF8.GetBytes(
        $$"""
        {"event":{"id":"01E","event_type":"{{kind}}","occurred_at":"{{at}}","agent":{"summary":"Ana"},
        "data":{"type":"incident","number":7,"incident_key":"{{key ?? Alert.ToString()}}"} } }
        """);

    static string Signed(byte[] body, string secret) => "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    [Fact]
    public void By_PagerDuty_who_acknowledges_an_incident_of_ours()
    {
        var reply = PagerDutyReply.Read(OfPagerDuty(), $"v1=00,{Signed(OfPagerDuty(), "new")}", ["old", "new"], Now);

        Assert.Equal((Alert, "Ana (PagerDuty)", "01E"), (Assert.Single(reply.Alerts), reply.By, reply.Message));
        Assert.Empty(PagerDutyReply.Read(OfPagerDuty(key: "theirs"), Signed(OfPagerDuty(key: "theirs"), "s"), ["s"], Now).Alerts);
        Assert.Empty(PagerDutyReply.Read(OfPagerDuty(kind: "pagey.ping"), Signed(OfPagerDuty(kind: "pagey.ping"), "s"), ["s"], Now).Alerts);
    }

    [Theory]
    [InlineData("2026-11-28T11:00:00Z")]
    [InlineData("2026-11-30T12:06:00Z")]
    [InlineData("")]
    public void Not_by_PagerDuty_what_is_too_old(string at) => Assert.Equal(401, Assert.Throws<ReplyRefusedException>(() =>
        PagerDutyReply.Read(OfPagerDuty(at), Signed(OfPagerDuty(at), "s"), ["s"], Now)).Status);

    [Fact]
    public void Not_by_PagerDuty_what_others_have_signed()
    {
        foreach (var signature in new[] { null, "", "v1=", "v1=zz", Signed(OfPagerDuty(), "other"), Signed(OfPagerDuty(kind: "x"), "s"),
            Signed(OfPagerDuty(), "s").Replace("v1=", "v2=") })
            Assert.Throws<ReplyRefusedException>(() => PagerDutyReply.Read(OfPagerDuty(), signature, ["s"], Now));
    }

    static byte[] OfSlack(string user = "U1") => Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(
        $$"""
        {"type":"block_actions","user":{"id":"{{user}}","username":"ana"},
        "actions":[{"action_id":"acknowledge","value":"{{Alert}}","action_ts":"1.2"}]}
        """));

    static string SignedBySlack(byte[] body, DateTimeOffset at, string secret = "s") => "v0=" + Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{at.ToUnixTimeSeconds()}:").Concat(body).ToArray()));

    static Reply BySlack(byte[] body, DateTimeOffset at, string? signature, params string[] users) =>
        SlackReply.Read(body, $"{at.ToUnixTimeSeconds()}", signature, "s", users, Now);

    [Fact]
    public void By_Slack_who_presses_the_button()
    {
        var reply = BySlack(OfSlack(), Now, SignedBySlack(OfSlack(), Now), "U0", "U1");

        Assert.Equal((Alert, "ana (Slack)", "U1/1.2"), (Assert.Single(reply.Alerts), reply.By, reply.Message));
    }

    [Fact]
    public void Not_by_Slack_what_is_signed_by_others_or_too_old_or_pressed_by_strangers()
    {
        Assert.Throws<ReplyRefusedException>(() => BySlack(OfSlack(), Now, null));
        Assert.Throws<ReplyRefusedException>(() => BySlack(OfSlack(), Now, SignedBySlack(OfSlack(), Now, "other")));
        Assert.Throws<ReplyRefusedException>(() => BySlack(OfSlack(), Now, SignedBySlack(OfSlack(), Now.AddSeconds(1))));
        Assert.Throws<ReplyRefusedException>(() => BySlack(OfSlack("U2"), Now, SignedBySlack(OfSlack(), Now)));
        foreach (var minutes in new[] { -6, 6 })
            Assert.Throws<ReplyRefusedException>(() =>
                BySlack(OfSlack(), Now.AddMinutes(minutes), SignedBySlack(OfSlack(), Now.AddMinutes(minutes))));
        Assert.Equal(403, Assert.Throws<ReplyRefusedException>(() => BySlack(OfSlack(), Now, SignedBySlack(OfSlack(), Now), "U9")).Status);
    }

    static readonly Uri Callback = new($"https://sigma.example.com/replies/twilio?delivery={Alert}");
    static readonly Dictionary<string, string> Form = new() { ["MessageStatus"] = "delivered", ["MessageSid"] = "SM1", ["AccountSid"] = "AC1" };

    static string SignedByTwilio(Uri address, Dictionary<string, string> form, string token = "t") => Convert.ToBase64String(HMACSHA1.HashData(
        Encoding.UTF8.GetBytes(token),
        Encoding.UTF8.GetBytes(address.AbsoluteUri + string.Concat(form.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Key + f.Value)))));

    [Fact]
    public void By_Twilio_that_there_is_a_last_word()
    {
        Assert.Equal(new TwilioReply(Alert, "SM1"), TwilioReply.Read(Callback, Form, SignedByTwilio(Callback, Form), $"{Alert}", ["x", "t"]));
        var sent = new Dictionary<string, string>(Form) { ["MessageStatus"] = "sent" };
        Assert.Null(TwilioReply.Read(Callback, sent, SignedByTwilio(Callback, sent), $"{Alert}", ["t"]));
    }

    [Fact]
    public void Not_by_Twilio_what_others_have_signed_or_for_another_address()
    {
        foreach (var signature in new[] { null, "", "AAAA", SignedByTwilio(Callback, Form, "other"), SignedByTwilio(new Uri(Callback + "x"), Form) })
            Assert.Throws<ReplyRefusedException>(() => TwilioReply.Read(Callback, Form, signature, $"{Alert}", ["t"]));
        var other = new Dictionary<string, string>(Form) { ["MessageSid"] = "SM2" };
        Assert.Throws<ReplyRefusedException>(() => TwilioReply.Read(Callback, other, SignedByTwilio(Callback, Form), $"{Alert}", ["t"]));
    }

    static ChatProReply? ByChatPro(string text, string from = "5511999990000@s.whatsapp.net", string fromMe = "false") => ChatProReply.Read(
        Encoding.UTF8.GetBytes(
            $$$"""
            {"Type":"receveid_message","Body":{"Info":{"Id":"A1","RemoteJid":"123-456@g.us","SenderJid":"{{{from}}}","FromMe":{{{fromMe}}} },
            "Text":"{{{text}}}","ContextInfo":{"QuotedMessageID":"Q1"} } }
            """), ["+55 11 99999-0000"], ["1", "ciente"]);

    [Fact]
    public void By_WhatsApp_a_word_of_a_number_that_may()
    {
        Assert.Equal(new ChatProReply("5511999990000", "A1", "Q1"), ByChatPro("1"));
        Assert.NotNull(ByChatPro(" Ciente ", "5511999990000:3@s.whatsapp.net"));
        Assert.Null(ByChatPro("obrigado"));
        Assert.Null(ByChatPro("1", fromMe: "true")); // what we wrote ourselves
    }

    [Theory]
    [InlineData("5511999990001@s.whatsapp.net")]
    [InlineData("11999990000@s.whatsapp.net")]
    [InlineData("")]
    public void Not_by_WhatsApp_of_another_number(string from)
    {
        if (from.Length > 0)
            Assert.Equal(403, Assert.Throws<ReplyRefusedException>(() => ByChatPro("1", from)).Status);
        else
            Assert.Throws<ReplyRefusedException>(() => ByChatPro("1", "x@g.us"));
    }
}
