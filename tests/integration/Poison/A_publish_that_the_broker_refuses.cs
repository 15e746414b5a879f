using System.Text;
using MassTransit;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Poison;

public sealed class A_publish_that_the_broker_refuses(ITestOutputHelper output)
{
    [Fact]
    public async Task Puts_aside_the_message_it_was_made_for_and_no_other()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("the tries of a message are counted here");
        await station.Start("refused", service => service.Consumers(bus => bus.AddConsumer<PassingOnConsumer, PassingOnConsumerDefinition>()));
        await using var sender = await Sender.Open(station.Broker);

        for (var number = 1; number <= 12; number++)
            await sender.PublishText("PassedOn", Body(number, by: number == 5 ? "somebody else" : null),
                exchange: "Sigma.IntegrationTests.Poison:PassedOn");

        // Each try closes the channel of all others, which then are tried again too.
        await Await.Until(() => station.Mailbox.Waiting("test.refused_error"), waiting => waiting == 1, "the one message is in the error queue",
            progress: () => station.Traffic.Received);
        var refused = (await sender.Channel.BasicGetAsync("test.refused_error", autoAck: true))!;
        Assert.Contains("\"number\":5", Encoding.UTF8.GetString(refused.Body.Span));
        Assert.Contains("The broker refused what was published for this message",
            Encoding.UTF8.GetString((byte[])refused.BasicProperties.Headers!["MT-Fault-Message"]!));
        await Await.Until(() => station.Mailbox.Waiting("test.refused"), waiting => waiting == 0, "all others are done");
        Assert.Equal(0u, await station.Mailbox.Waiting("test.refused_error"));
    }

    static string Body(int number, string? by) =>
        $$$"""{"messageType":["urn:message:Sigma.IntegrationTests.Poison:PassedOn"],"message":{"number":{{{number}}},"by":"{{{by}}}"}}""";
}

/// <summary>Is passed on in the name of a user of the broker, who must be the one that publishes.</summary>
public sealed record PassedOn(int Number, string? By);

/// <summary>What it is passed on as.</summary>
public sealed record PassedOnFurther(int Number);

internal sealed class PassingOnConsumer : IConsumer<PassedOn>
{
    public Task Consume(ConsumeContext<PassedOn> context) => context.Publish(new PassedOnFurther(context.Message.Number), publish =>
    {
        if (context.Message.By is { Length: > 0 } user && publish.TryGetPayload<RabbitMqSendContext>(out var outgoing))
            outgoing.BasicProperties.UserId = user;
    }, context.CancellationToken).WaitAsync(context.CancellationToken);
}

internal sealed class PassingOnConsumerDefinition : ConsumerDefinition<PassingOnConsumer>
{
    public PassingOnConsumerDefinition() => EndpointName = "test.refused";
}
