namespace Amazon.Lambda.Tests;

public class DeadlineTests
{
    // The invocation has 30 seconds: the request is aborted at 29.5, and the answer is due at 29.875.
    private static readonly TimeSpan UntilAbort = TimeSpan.FromSeconds(29.5), UntilAnswer = TimeSpan.FromSeconds(0.375);

    private readonly SteppedClock _clock = new();

    private readonly TaskCompletionSource<CancellationToken> _working = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_request_is_aborted_half_a_second_before_its_deadline_and_what_the_application_then_answers_is_sent()
    {
        await using var function = await StartAsync(async context =>
        {
            await EndOfTimeAsync(context);
            context.Response.StatusCode = 202;
            await context.Response.WriteAsync("so far");
        });

        var answer = function.GetAsync();
        var aborted = await _working.Task;
        _clock.Advance(UntilAbort - TimeSpan.FromTicks(1));
        Assert.False(aborted.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal((202, "so far"), ((await answer).Status, (await answer).Text));
    }

    [Fact]
    public async Task An_application_that_answers_nothing_then_is_a_504_and_the_function_goes_on()
    {
        await using var function = await StartAsync(context => WorkAsync(context, Timeout.InfiniteTimeSpan));

        var answer = function.GetAsync();
        await _working.Task;
        _clock.Advance(UntilAbort);

        Assert.Equal((504, "application/problem+json"), ((await answer).Status, (await answer).Headers["Content-Type"]));
        Assert.Empty(function.Log.Errors);
        Assert.Equal("hello", (await function.GetAsync("/hello")).Text);
    }

    [Fact]
    public async Task An_exception_handler_does_not_change_that()
    {
        await using var function = await HttpFunction.StartAsync(
            app =>
            {
                app.UseExceptionHandler(handler => handler.Run(context => context.Response.WriteAsync("handled")));
                app.Run(context => WorkAsync(context, Timeout.InfiniteTimeSpan));
            },
            _clock);

        var answer = function.GetAsync();
        await _working.Task;
        _clock.Advance(UntilAbort);

        Assert.Equal(504, (await answer).Status);
    }

    [Fact]
    public async Task What_was_written_until_then_is_sent()
    {
        await using var function = await StartAsync(async context =>
        {
            await context.Response.WriteAsync("event: 1\n");
            await WorkAsync(context, Timeout.InfiniteTimeSpan);
        });

        var answer = function.GetAsync();
        await _working.Task;
        _clock.Advance(UntilAbort);

        Assert.Equal((200, "event: 1\n"), ((await answer).Status, System.Text.Encoding.UTF8.GetString((await answer).Body)));
    }

    [Fact]
    public async Task What_was_written_until_then_is_not_sent_when_it_is_less_than_it_says()
    {
        await using var function = await StartAsync(async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("half");
            await WorkAsync(context, Timeout.InfiniteTimeSpan);
        });

        var answer = function.GetAsync();
        await _working.Task;
        _clock.Advance(UntilAbort);

        Assert.Equal(504, (await answer).Status);
    }

    [Fact]
    public async Task Another_exception_then_is_a_500()
    {
        await using var function = await StartAsync(async context =>
        {
            await EndOfTimeAsync(context);
            throw new InvalidOperationException();
        });

        var answer = function.GetAsync();
        await _working.Task;
        _clock.Advance(UntilAbort);

        Assert.Equal(500, (await answer).Status);
    }

    [Fact]
    public async Task An_application_that_does_not_listen_is_a_504_in_time_and_the_next_request_waits_for_its_end()
    {
        var end = new TaskCompletionSource();
        await using var function = await StartAsync(context =>
        {
            _working.TrySetResult(context.RequestAborted);
            return end.Task;
        });

        var (answer, next) = (function.GetAsync(), function.GetAsync("/hello"));
        await _working.Task;
        _clock.Advance(UntilAbort + UntilAnswer);

        Assert.Equal(504, (await answer).Status);
        Assert.Contains("did not end", Assert.Single(function.Log.Errors).Text);
        Assert.False(next.IsCompleted);
        end.SetResult();
        Assert.Equal("hello", (await next).Text);
    }

    [Fact]
    public async Task An_application_that_blocks_its_thread_is_a_504_in_time_too()
    {
        using var end = new ManualResetEventSlim();
        await using var function = await StartAsync(context =>
        {
            _working.TrySetResult(context.RequestAborted);
            end.Wait();
            return Task.CompletedTask;
        });

        var answer = function.GetAsync();
        await _working.Task;
        _clock.Advance(UntilAbort + UntilAnswer);

        Assert.Equal(504, (await answer).Status);
        end.Set();
    }

    [Fact]
    public async Task A_callback_of_the_abort_may_fail()
    {
        await using var function = await StartAsync(async context =>
        {
            using var registration = context.RequestAborted.Register(() => throw new InvalidOperationException("callback"));
            await EndOfTimeAsync(context);
            await context.Response.WriteAsync("answered");
        });

        var answer = function.GetAsync();
        await _working.Task;
        _clock.Advance(UntilAbort);

        Assert.Equal("answered", (await answer).Text);
        Assert.Contains(function.Log.Errors, line => line.Exception is AggregateException);
    }

    [Fact]
    public async Task A_short_invocation_is_aborted_at_half_its_time()
    {
        await using var function = await StartAsync(context => WorkAsync(context, Timeout.InfiniteTimeSpan));

        var answer = function.Server.SendAsync(new HttpApiEvent(), new LambdaInvocation { Timeout = TimeSpan.FromMilliseconds(600) });
        var aborted = await _working.Task;
        _clock.Advance(TimeSpan.FromMilliseconds(299));
        Assert.False(aborted.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(504, (await answer).Status);
    }

    [Fact]
    public async Task A_request_that_ended_is_not_aborted_afterwards()
    {
        await using var function = await StartAsync(context => WorkAsync(context, TimeSpan.Zero));

        await function.GetAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False((await _working.Task).IsCancellationRequested);
    }

    [Fact]
    public async Task By_the_systems_clock_a_request_is_aborted_in_time()
    {
        await using var function = await HttpFunction.StartAsync(app => app.Run(context => WorkAsync(context, TimeSpan.FromMinutes(1))));

        var answer = await function.Server.SendAsync(new HttpApiEvent(), new LambdaInvocation { Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal(504, answer.Status);
    }

    private Task<HttpFunction> StartAsync(RequestDelegate work) => HttpFunction.StartAsync(
        app =>
        {
            app.MapGet("/", work);
            app.MapGet("/hello", () => "hello");
        },
        _clock);

    private Task WorkAsync(HttpContext context, TimeSpan time)
    {
        _working.TrySetResult(context.RequestAborted);
        return Task.Delay(time, context.RequestAborted);
    }

    private async Task EndOfTimeAsync(HttpContext context) =>
        await WorkAsync(context, Timeout.InfiniteTimeSpan).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
