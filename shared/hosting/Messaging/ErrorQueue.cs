using MassTransit;
using MassTransit.Middleware;

namespace Sigma.Hosting.Messaging;

/// <summary>How a message that no consumer can digest gets to the error queue of its endpoint, whatever is wrong with it.</summary>
internal static class ErrorQueue
{
    public static void Configure(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.ConfigureError(Into);
        endpoint.ConfigureReceive(receive => receive.UseFilter(new SizeLimit(Pipe.New<ExceptionReceiveContext>(Into))));
    }

    // MassTransit's own two steps, and one between them.
    static void Into(IPipeConfigurator<ExceptionReceiveContext> error)
    {
        error.UseFilter(new GenerateFaultFilter());
        error.UseFilter(new ShortReason());
        error.UseFilter(new ErrorTransportFilter());
    }
}
