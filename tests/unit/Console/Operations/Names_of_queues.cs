using Sigma.Archive;
using Sigma.Evaluator;
using Sigma.Notifier;
using Sigma.OperatorConsole;
using Sigma.OperatorConsole.Operations;

namespace Sigma.UnitTests.Console.Operations;

public sealed class Names_of_queues
{
    [Fact]
    public void Are_those_that_the_services_declare() => Assert.Equal(
        EvaluatorQueues.All.Concat(NotifierQueues.All).Concat(ArchiveQueues.All).Concat(ConsoleQueues.All).Order(), ServiceQueues.All.Order());

    [Fact]
    public void Say_where_the_messages_of_an_error_queue_came_from_and_of_nothing_else()
    {
        Assert.Equal("notifier.alerts", ServiceQueues.OriginOf("notifier.alerts_error"));
        Assert.Equal("console.alerts", ServiceQueues.OriginOf("console.alerts_skipped"));
        Assert.Null(ServiceQueues.OriginOf("notifier.alerts"));
        Assert.Null(ServiceQueues.OriginOf("somebody-elses_error"));
    }
}
