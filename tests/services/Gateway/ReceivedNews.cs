using System.Collections.Concurrent;
using MassTransit;
using Sigma.Contracts;

namespace Sigma.ServiceTests.Gateway;

/// <summary>What arrived from a gateway.</summary>
internal sealed class ReceivedNews : IConsumer<ConditionReported>, IConsumer<LogBatch>, IConsumer<SamplesReported>, IConsumer<BeatsReported>,
    IConsumer<IntakeReported>
{
    readonly ConcurrentQueue<object> _messages = new();

    public IReadOnlyList<ConditionReported> Batches => [.. _messages.OfType<ConditionReported>()];

    public IReadOnlyList<ReportedCondition> Conditions => [.. Batches.SelectMany(batch => batch.Conditions)];

    public IReadOnlyList<LogLine> Lines => [.. _messages.OfType<LogBatch>().SelectMany(batch => batch.Lines)];

    public IReadOnlyList<Sample> Samples => [.. _messages.OfType<SamplesReported>().SelectMany(batch => batch.Samples)];

    public IReadOnlyList<Beat> Beats => [.. _messages.OfType<BeatsReported>().SelectMany(batch => batch.Beats)];

    public IReadOnlyList<IntakeReported> Slices => [.. _messages.OfType<IntakeReported>()];

    /// <summary>The parts of slices that came with news.</summary>
    public IReadOnlyList<IntakePart> Parts =>
        [.. Batches.Select(batch => batch.Intake!), .. _messages.OfType<LogBatch>().Select(batch => batch.Intake!),
            .. _messages.OfType<BeatsReported>().Select(batch => batch.Intake!)];

    public Task Consume(ConsumeContext<ConditionReported> context) => Keep(context.Message);
    public Task Consume(ConsumeContext<LogBatch> context) => Keep(context.Message);
    public Task Consume(ConsumeContext<SamplesReported> context) => Keep(context.Message);
    public Task Consume(ConsumeContext<BeatsReported> context) => Keep(context.Message);
    public Task Consume(ConsumeContext<IntakeReported> context) => Keep(context.Message);

    Task Keep(object message)
    {
        _messages.Enqueue(message);
        return Task.CompletedTask;
    }
}
