using MassTransit;
using MassTransit.Middleware.Rescue;

namespace Sigma.Hosting.Messaging;

/// <summary>Refuses a message of absurd size before it is read: as objects it would take many times its size.</summary>
/// <remarks>
/// It stands before MassTransit's own rescue, so it puts the message into the error queue itself; an exception would bring it again for ever.
/// </remarks>
internal sealed class SizeLimit(IPipe<ExceptionReceiveContext> errors) : IFilter<ReceiveContext>
{
    /// <summary>In bytes. A full batch is a quarter of a megabyte.</summary>
    public const int Largest = 4 << 20;

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) => context.Body.Length is { } length and > Largest
        ? errors.Send(new RescueExceptionReceiveContext(context, Refused(length)))
        : next.Send(context);

    public void Probe(ProbeContext context) => context.CreateFilterScope("sizeLimit");

    static Exception Refused(long length)
    {
        try
        {
            // Thrown, so that it has a stack like all the others.
            throw new InvalidDataException($"The message has {length:#,0} bytes; at most {Largest:#,0} are taken.");
        }
        catch (InvalidDataException e)
        {
            return e;
        }
    }
}
