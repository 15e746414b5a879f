using MassTransit;
using Sigma.Contracts;

namespace Sigma.Evaluator.Coverage;

/// <summary>Hears from gateways up to when they have taken in all that came.</summary>
internal sealed class IntakeConsumer(IntakeLog intake) : IConsumer<IntakeReported>
{
    const int LongestGateway = 64;
    static readonly TimeSpan LongestSlice = TimeSpan.FromHours(1);

    public Task Consume(ConsumeContext<IntakeReported> context)
    {
        var report = context.Message;
        if (report.Gateway is not { Length: > 0 and <= LongestGateway } || report.Batches < 0 || report.SliceTo <= report.SliceFrom
            || report.SliceTo - report.SliceFrom > LongestSlice)
            throw new InvalidDataException(
                $"Refused: a slice from {report.SliceFrom:O} to {report.SliceTo:O} with {report.Batches} batches of gateway "
                + $"'{report.Gateway}'; a slice ends after it begins, within an hour, and names its gateway in 1 to {LongestGateway} characters");
        return intake.Close(report, context.CancellationToken);
    }
}

internal sealed class IntakeConsumerDefinition : ConsumerDefinition<IntakeConsumer>
{
    public IntakeConsumerDefinition()
    {
        EndpointName = EvaluatorQueues.Intake;
        ConcurrentMessageLimit = 2;
    }
}
