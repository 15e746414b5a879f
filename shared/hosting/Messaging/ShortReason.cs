using MassTransit;

namespace Sigma.Hosting.Messaging;

/// <summary>
/// Cuts what an exception says to what fits into headers. One that quotes the message can be longer than a frame: the broker would cut the connection,
/// give the message back, and so on for ever.
/// </summary>
internal sealed class ShortReason : IFilter<ExceptionReceiveContext>
{
    const int LongestMessage = 2_000, LongestStack = 8_000;

    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        Cut(context.ExceptionHeaders, MessageHeaders.FaultMessage, LongestMessage);
        Cut(context.ExceptionHeaders, MessageHeaders.FaultStackTrace, LongestStack);
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("shortReason");

    static void Cut(SendHeaders headers, string name, int longest)
    {
        if (headers.TryGetHeader(name, out var value) && value is string text && text.Length > longest)
            headers.Set(name, text[..longest] + " …");
    }
}
