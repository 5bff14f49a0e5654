//! Probe.
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let n: usize = a[3].parse().unwrap();
    let body = format!("{}x{}", a[1].repeat(n), a[2].repeat(n));
    let body = if a.len() > 4 { a[4].replace('@', &body) } else { body };
    std::thread::Builder::new()
        .stack_size(std::env::var("KB").map_or(2048, |k| k.parse::<usize>().unwrap()) << 10)
        .spawn(move || {
            let t = std::time::Instant::now();
            let out = matgrad_engine::grad(
                "x".parse().unwrap(),
                format!("fn f(x: f64, v: &DVector<f64>) -> f64 {{ {body} }}").parse().unwrap(),
            )
            .to_string();
            let e = out.find("compile_error").map(|i| out[i..].chars().take(200).collect::<String>());
            println!("{:?} {:?}", t.elapsed(), e);
        })
        .unwrap()
        .join()
        .unwrap();
}
