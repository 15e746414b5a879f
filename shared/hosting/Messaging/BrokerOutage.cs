using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Sigma.Hosting.Messaging;

/// <summary>What a publish inside a consumer ends with when the connection breaks under it.</summary>
internal static class BrokerOutage
{
    /// <summary>Whether the same publish may well succeed later. A refusal (403, 404, 406) comes every time, and belongs in the error queue.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        OperationInterruptedException { ShutdownReason.ReplyCode: Constants.AccessRefused or Constants.NotFound or Constants.PreconditionFailed } => false,
        OperationInterruptedException or BrokerUnreachableException or ConnectionException or TransportUnavailableException or MessageNotAcknowledgedException
            or RabbitMQ.Client.Exceptions.PublishException { IsReturn: false } => true,
        _ => false,
    };
}
