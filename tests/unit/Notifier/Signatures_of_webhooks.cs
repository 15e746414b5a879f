using System.Text;
using Sigma.Notifier.Channels.Webhook;

namespace Sigma.UnitTests.Notifier;

public sealed class Signatures_of_webhooks
{
    [Fact]
    public void Are_those_of_the_standards_own_example()
    {
        using HttpRequestMessage request = new();

        new WebhookSignature(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]).Sign(request.Headers, "msg_p5jXN8AQM9LWM0D4loKWxJek",
            Encoding.UTF8.GetBytes("""{"test": 2432232314}"""), DateTimeOffset.FromUnixTimeSeconds(1614265330));

        Assert.Equal(["msg_p5jXN8AQM9LWM0D4loKWxJek"], request.Headers.GetValues("webhook-id"));
        Assert.Equal(["1614265330"], request.Headers.GetValues("webhook-timestamp"));
        Assert.Equal(["v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="], request.Headers.GetValues("webhook-signature"));
    }
}
