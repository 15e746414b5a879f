using System.Net;
using Polly.Timeout;
using Sigma.Hosting.Http;
using Sigma.Hosting.Texts;
using Sigma.Notifier;
using Sigma.Notifier.Channels.WhatsApp;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Texts;

namespace Sigma.UnitTests.Notifier;

public sealed class Texts_and_failures
{
    [Fact]
    public void A_line_that_names_something_without_a_value_is_left_out() => Assert.Equal("Code E130\nalways",
        new TextTemplate("CUC {cuc}\\nCode {code}\nalways").Render(new Dictionary<string, string> { ["cuc"] = "", ["code"] = "E130" },
            OutsideText.ForWhatsApp));

    [Fact]
    public void A_value_that_looks_like_a_placeholder_stays_what_it_is() =>
        Assert.Equal("{code}", new TextTemplate("{tradeName}").Render(new Dictionary<string, string> { ["tradeName"] = "{code}", ["code"] = "E130" },
            OutsideText.ForWhatsApp));

    [Theory]
    [InlineData("Padaria", 10, "Padaria")]
    [InlineData("Padaria do Zé", 10, "Padaria d…")]
    [InlineData("Padaria do Zé", 9, "Padaria…")]
    [InlineData("ab😀cd", 4, "ab…")]
    public void Long_names_are_cut_between_characters(string name, int length, string shown) => Assert.Equal(shown, name.Truncate(length));

    [Theory]
    [InlineData(0, 30, "30 s")]
    [InlineData(5, 0, "5 min")]
    [InlineData(65, 0, "1 h 05 min")]
    [InlineData(3 * 24 * 60 + 90, 0, "3 d 1 h")]
    public void Durations_read_as_a_person_says_them(int minutes, int seconds, string shown) =>
        Assert.Equal(shown, LocalTime.Show(new TimeSpan(0, minutes, seconds)));

    [Theory]
    [InlineData("120363041234567890@g.us", "…7890")]
    [InlineData("5511999990000", "…0000")]
    [InlineData("1234", "…")]
    public void A_recipient_is_logged_by_its_end_alone(string recipient, string shown) =>
        Assert.Equal(shown, new ChatProOptions { Recipient = recipient }.MaskedRecipient());

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "Permanent")]
    [InlineData(HttpStatusCode.NotFound, "Permanent")]
    [InlineData(HttpStatusCode.Unauthorized, "Transient")]
    [InlineData(HttpStatusCode.Forbidden, "Transient")]
    [InlineData(HttpStatusCode.TooManyRequests, "Transient")]
    [InlineData(HttpStatusCode.BadGateway, "Transient")]
    public void An_answer_says_whether_to_try_again(HttpStatusCode status, string kind) =>
        Assert.Equal(kind, DeliveryFailure.From(new ApiException("no", status)).Kind.ToString());

    [Fact]
    public void What_never_left_is_tried_again_and_what_may_have_been_heard_is_uncertain()
    {
        Assert.Equal(FailureKind.Transient, DeliveryFailure.From(new HttpRequestException(HttpRequestError.ConnectionError)).Kind);
        Assert.Equal(FailureKind.Transient, DeliveryFailure.From(new TaskCanceledException("", new TimeoutException())).Kind);
        Assert.Equal(FailureKind.Uncertain, DeliveryFailure.From(new HttpRequestException(HttpRequestError.ResponseEnded)).Kind);
        Assert.Equal(FailureKind.Uncertain, DeliveryFailure.From(new TimeoutRejectedException()).Kind);
    }

    [Fact]
    public void The_wait_doubles_up_to_its_limit_and_is_never_shorter_than_asked_for()
    {
        DeliveryOptions options = new();
        Assert.Equal([5, 10, 20, 300], new[] { 1, 2, 3, 50 }.Select(attempt => (int)Backoff.After(attempt, options, null, 0.5).TotalSeconds));
        Assert.Equal(TimeSpan.FromMinutes(9), Backoff.After(1, options, TimeSpan.FromMinutes(9), 0.5));
    }
}
