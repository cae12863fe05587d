using System.Collections.Concurrent;

namespace Amazon.Lambda.Tests;

public class ResponseTests
{
    [Fact]
    public async Task A_response_starts_with_the_first_write_as_in_Kestrel()
    {
        var seen = new ConcurrentQueue<bool>();
        await using var function = await HttpFunction.StartAsync(app => app.Run(async context =>
        {
            context.Response.BodyWriter.GetSpan(1);
            seen.Enqueue(context.Response.HasStarted);
            await context.Response.WriteAsync("hello");
            seen.Enqueue(context.Response.HasStarted);
        }));

        await function.GetAsync();

        Assert.Equal([false, true], seen);
    }

    [Fact]
    public async Task OnStarting_callbacks_can_change_the_response()
    {
        await using var function = await HttpFunction.StartAsync(app => app.Run(context =>
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers["X-Order"] += "first";
                context.Response.StatusCode = 202;
                return Task.CompletedTask;
            });
            context.Response.OnStarting(() =>
            {
                context.Response.Headers["X-Order"] = "last,";
                return Task.CompletedTask;
            });
            return context.Response.WriteAsync("hello");
        }));

        var response = await function.GetAsync();

        Assert.Equal((202, "last,first", "hello"), (response.Status, response.Headers["X-Order"], response.Text));
    }

    [Fact]
    public async Task A_response_without_a_body_starts()
    {
        await using var function = await HttpFunction.StartAsync(app => app.Run(context =>
        {
            context.Response.OnStarting(() =>
            {
                context.Response.StatusCode = 404;
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        }));

        Assert.Equal(404, (await function.GetAsync()).Status);
    }

    [Fact]
    public async Task Status_and_headers_cannot_be_changed_after_the_response_has_started()
    {
        var refused = 0;
        await using var function = await HttpFunction.StartAsync(app => app.Run(async context =>
        {
            await context.Response.StartAsync();
            foreach (var change in new Action[]
            {
                () => context.Response.StatusCode = 500,
                () => context.Response.Headers["X-Late"] = "late",
                () => context.Response.OnStarting(() => Task.CompletedTask),
                () => context.Response.Redirect("/"),
            })
            {
                Assert.Throws<InvalidOperationException>(change);
                refused++;
            }
        }));

        Assert.Equal(200, (await function.GetAsync()).Status);
        Assert.Equal(4, refused);
    }

    [Fact]
    public async Task A_response_that_has_not_started_can_be_cleared()
    {
        await using var function = await HttpFunction.StartAsync(app =>
        {
            app.UseExceptionHandler(handler => handler.Run(context => context.Response.WriteAsync("handled")));
            app.Run(_ => throw new InvalidOperationException());
        });

        var response = await function.GetAsync();

        Assert.Equal((500, "handled"), (response.Status, response.Text));
    }

    [Fact]
    public async Task Middleware_can_replace_the_response_body()
    {
        await using var function = await HttpFunction.StartAsync(app =>
        {
            app.Use(async (context, next) =>
            {
                var body = context.Response.Body;
                using var copy = new MemoryStream();
                context.Response.Body = copy;
                await next(context);
                context.Response.Body = body;
                await body.WriteAsync(copy.ToArray().Reverse().ToArray());
            });
            app.Run(context => context.Response.WriteAsync("olleh"));
        });

        Assert.Equal("hello", System.Text.Encoding.UTF8.GetString((await function.GetAsync()).Body));
    }

    [Fact]
    public async Task OnCompleted_callbacks_run_after_sending_even_if_one_throws()
    {
        var order = new ConcurrentQueue<string>();
        await using var function = await HttpFunction.StartAsync(
            app => app.MapGet("/", (Scoped scoped, HttpContext context) =>
            {
                context.Response.OnCompleted(() => Note(order, "first"));
                context.Response.OnCompleted(() => throw new InvalidOperationException("callback"));
                context.Response.OnCompleted(() => Note(order, "last"));
                return scoped.ToString();
            }),
            services: services => services.AddScoped(_ => new Scoped(order)));

        await function.GetAsync();
        await function.GetAsync();

        Assert.Equal(["last", "first", "disposed"], order.Take(3));
        Assert.Equal("callback", function.Log.Errors[0].Exception!.Message);
    }

    [Fact]
    public async Task IHttpContextAccessor_returns_the_context_of_each_request()
    {
        await using var function = await HttpFunction.StartAsync(
            app => app.MapGet("/{name}", (IHttpContextAccessor accessor) => accessor.HttpContext!.Request.Path.Value),
            services: services => services.AddHttpContextAccessor());

        Assert.Equal(("/a", "/b"), ((await function.GetAsync("/a")).Text, (await function.GetAsync("/b")).Text));
    }

    private static Task Note(ConcurrentQueue<string> order, string what)
    {
        order.Enqueue(what);
        return Task.CompletedTask;
    }

    private sealed class Scoped(ConcurrentQueue<string> order) : IDisposable
    {
        public void Dispose() => order.Enqueue("disposed");
    }
}
