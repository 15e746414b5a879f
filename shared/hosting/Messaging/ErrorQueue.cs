using MassTransit;
using MassTransit.Middleware;

namespace Sigma.Hosting.Messaging;

/// <summary>How a message that no consumer can digest gets to the error queue of its endpoint, whatever is wrong with it.</summary>
internal static class ErrorQueue
{
    public static void Configure(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.ConfigureError(Into);
        var errors = Pipe.New<ExceptionReceiveContext>(Into);
        endpoint.ConfigureReceive(receive =>
        {
            receive.UseFilter(new SizeLimit(errors));
            receive.UseFilter(new RefusedPublishes(errors));
        });
    }

    // MassTransit's own two steps.
    static void Into(IPipeConfigurator<ExceptionReceiveContext> error)
    {
        error.UseFilter(new GenerateFaultFilter());
        error.UseFilter(new ErrorTransportFilter());
    }
}
